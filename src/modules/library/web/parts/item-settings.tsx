import { type ReactNode, useState } from 'react';
import { subjects } from '#modules/organisation/vocabulary/contract.ts';
import { Button } from '#web/ui/button.tsx';
import { ChangedElsewhere } from '#web/ui/changed-elsewhere.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import type { ItemDetail } from '../../item/contract.ts';
import { library } from './api.ts';
import { type PlaceChoice, PlaceFields, stageOf } from './place-fields.tsx';

/** What is about an item, not in it: title, place, locked sections, withdrawal. */
export const ItemSettings = ({ item }: { item: ItemDetail }): ReactNode => {
  const [open, setOpen] = useState<'facts' | 'withdraw' | null>(null);
  return (
    <Panel title="资源信息">
      {item.locked.length === 0 ? null : (
        <p className="muted">
          锁定的部分：
          {item.current?.content.sections
            .filter(({ key }) => item.locked.includes(key))
            .map(({ title }) => title)
            .join('、')}
          。学校做校本化时不能改。
        </p>
      )}
      <div className="row">
        <Button onClick={() => setOpen('facts')}>修改标题、位置和锁定</Button>
        {item.may.withdraw ? <Button onClick={() => setOpen('withdraw')}>撤下</Button> : null}
      </div>
      {open === 'facts' ? <FactsForm item={item} onClose={() => setOpen(null)} /> : null}
      {open === 'withdraw' ? <Withdraw item={item} onClose={() => setOpen(null)} /> : null}
    </Panel>
  );
};

interface FormProps {
  readonly item: ItemDetail;
  readonly onClose: () => void;
}

type TypedFacts = Readonly<
  Record<'title' | 'summary' | 'locked' | 'subject' | 'grade' | 'volumeId' | 'unitId' | 'lessonId', string>
>;

const FactsForm = ({ item, onClose }: FormProps): ReactNode => {
  const [begun] = useState(item.version);
  const standing: TypedFacts = {
    title: item.title,
    summary: item.summary,
    locked: item.locked.join(' '),
    subject: item.subject,
    grade: String(item.grade),
    volumeId: item.volumeId ?? '',
    unitId: item.unitId ?? '',
    lessonId: item.lessonId ?? '',
  };
  // Kept for the item as it was when it was typed: over a changed one it would undo what others did.
  const { form, set, clear, restored } = useKeptForm(`library-facts:${item.id}:${begun}`, standing);
  const { title, summary } = form;
  const locked = form.locked.split(' ').filter((key) => key !== '');
  const place: PlaceChoice = {
    subject: subjects.find((one) => one === form.subject) ?? '',
    grade: form.grade,
    volumeId: form.volumeId,
    unitId: form.unitId,
    lessonId: form.lessonId,
  };
  const change = useAction(library.client.changeItem, {
    done: '已保存',
    onDone: () => {
      clear();
      onClose();
    },
  });
  const sections = item.current?.content.sections ?? [];
  const orNull = (value: string): string | null => (value === '' ? null : value);
  return (
    <Dialog title="修改标题、位置和锁定" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (place.subject === '' || place.grade === '') return;
          const grade = Number(place.grade);
          change.mutate({
            id: item.id,
            version: item.version,
            title,
            summary,
            locked,
            stage: stageOf(grade),
            subject: place.subject,
            grade,
            volumeId: orNull(place.volumeId),
            unitId: orNull(place.unitId),
            lessonId: orNull(place.lessonId),
          });
        }}
      >
        {restored ? (
          <p className="notice row spread">
            <span>已恢复您上次没有存成的内容。</span>
            <Button
              size="small"
              onClick={() => {
                set(standing);
                clear();
              }}
            >
              不要了，重新填
            </Button>
          </p>
        ) : null}
        <ChangedElsewhere version={item.version} opens={`/library/items/${item.id}`} />
        <TextField
          label="标题"
          value={title}
          required
          maxLength={80}
          onValue={(next) => set({ title: next })}
        />
        <TextArea
          label="一句话说明"
          value={summary}
          maxLength={500}
          onValue={(next) => set({ summary: next })}
        />
        <PlaceFields value={place} onValue={set} required />
        {item.schoolId === null && item.may.withdraw && sections.length > 0 ? (
          <fieldset className="field">
            <legend>锁定的部分（学校不能改）</legend>
            {sections.map(({ key, title: name }) => (
              <label key={key} className="check">
                <input
                  type="checkbox"
                  checked={locked.includes(key)}
                  onChange={(event) =>
                    set({
                      locked: (event.target.checked
                        ? [...locked, key]
                        : locked.filter((one) => one !== key)
                      ).join(' '),
                    })
                  }
                />
                {name}
              </label>
            ))}
          </fieldset>
        ) : null}
        <Problem error={change.error} />
        <Button type="submit" variant="primary" busy={change.isPending}>
          保存
        </Button>
      </form>
    </Dialog>
  );
};

const Withdraw = ({ item, onClose }: FormProps): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-withdraw:${item.id}`, { reason: '' });
  const { reason } = form;
  const withdraw = useAction(library.client.withdrawItem, {
    done: '已撤下',
    onDone: () => {
      clear();
      onClose();
    },
  });
  return (
    <Dialog title="撤下这份资源" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          withdraw.mutate({ id: item.id, version: item.version, reason });
        }}
      >
        <p>撤下以后不再出现在资源库中；已经做了校本化的学校保留自己的内容，历次版本仍可查。</p>
        <TextField
          label="原因"
          value={reason}
          required
          maxLength={200}
          onValue={(next) => set({ reason: next })}
        />
        <Problem error={withdraw.error} />
        <Button type="submit" variant="danger" busy={withdraw.isPending} disabled={reason.trim() === ''}>
          撤下
        </Button>
      </form>
    </Dialog>
  );
};
