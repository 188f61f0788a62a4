import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { gradeLabels, grades, subjectLabels, subjects } from '#modules/organisation/vocabulary/contract.ts';
import { sentenceOf } from '#web/rpc.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { choicesOf, SelectField, TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { percentOf } from '#web/upload.ts';
import { uploadOne } from '#web/upload-one.ts';
import { useAction } from '#web/use-action.ts';
import { kindOfFile, titleOfFile } from '../quick-file/rules.ts';
import { type ItemKind, itemKindLabels, itemKinds } from '../vocabulary/contract.ts';
import { library } from './parts/api.ts';
import { saidIn } from './parts/use-address.ts';
import './library.css';

/** From where the person comes stands in the address. */
const useAsked = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const subject = subjects.find((one) => one === saidIn(search, 'subject'));
  const grade = grades.find((one) => String(one) === saidIn(search, 'grade'));
  const unitId = saidIn(search, 'unit');
  return {
    kind: itemKinds.find((one) => one === saidIn(search, 'kind')),
    input: {
      ...(subject === undefined ? {} : { subject }),
      ...(grade === undefined ? {} : { grade }),
      ...(unitId === '' ? {} : { unitId }),
    },
  };
};

type UploadState = Parameters<NonNullable<NonNullable<Parameters<typeof uploadOne>[2]>['onProgress']>>[1];
const stateWords: Readonly<Record<UploadState, string>> = {
  going: '正在上传',
  waiting: '网络不通，恢复后自动继续，已传',
  'signed-out': '登录已过期，重新登录后自动继续，已传',
  arrived: '正在上传',
  refused: '没有传上去',
};

type Starting = Awaited<ReturnType<typeof library.client.startingFile>>;
type Place = NonNullable<Starting['place']>;

export const Page = (): ReactNode => {
  const { kind, input } = useAsked();
  const query = useQuery({
    ...library.query.startingFile.queryOptions({ input }),
    // What was chosen and typed stays while another place is asked for.
    placeholderData: (before) => before,
  });
  return (
    <Frame
      title="加一个文件"
      lead="选好文件就能保存；标题、单元和种类已经按文件名和您任教的内容填好，不对再改。"
      width="narrow"
      back={{ to: '/library', label: '研训资源库' }}
    >
      <Loaded query={query}>
        {({ place, owner }) => (
          <>
            {place === null ? null : (
              <Form
                place={place}
                ownerName={owner === 'none' ? null : (owner.schoolName ?? '研训中心组（全区）')}
                kind={kind}
              />
            )}
            <PlaceChange place={place} none={place !== null && owner === 'none'} asked={{ ...input, kind }} />
          </>
        )}
      </Loaded>
    </Frame>
  );
};

/** Hidden while it is known what one teaches. */
const PlaceChange = ({
  place,
  none,
  asked,
}: {
  place: Place | null;
  none: boolean;
  asked: { readonly subject?: string; readonly grade?: number; readonly kind: ItemKind | undefined };
}): ReactNode => {
  const navigate = useNavigate();
  const gradeNow = asked.grade ?? place?.grade ?? 1;
  const go = (next: { subject?: string; grade?: string }): void => {
    const subject = next.subject ?? asked.subject ?? place?.subject;
    const search = { subject, grade: Number(next.grade ?? gradeNow), kind: asked.kind };
    void navigate({ to: '/library/add', search, replace: true });
  };
  const fields = (
    <div className="filters">
      <SelectField
        label="学科"
        value={asked.subject ?? place?.subject ?? ''}
        none="请选择"
        choices={choicesOf(subjects, subjectLabels)}
        onValue={(subject) => go({ subject })}
      />
      <SelectField
        label="年级"
        value={String(gradeNow)}
        choices={grades.map((one) => ({ value: String(one), label: gradeLabels[one] ?? '' }))}
        onValue={(grade) => go({ grade })}
      />
    </div>
  );
  if (place !== null && !none)
    return (
      <details>
        <summary>换学科、年级</summary>
        {fields}
      </details>
    );
  return (
    <Panel>
      <p>
        {none
          ? '这个学科、学段的资源由本学科的研训中心组添加。请换成您任教的学科，或联系教研员。'
          : '请先选文件属于哪个学科和年级。'}
      </p>
      {fields}
    </Panel>
  );
};

interface Chosen {
  readonly file: File;
  readonly uploading: Promise<string>;
  readonly stop: AbortController;
}

interface FormProps {
  readonly place: Place;
  /** Null: files of this subject are not for them to add. */
  readonly ownerName: string | null;
  readonly kind: ItemKind | undefined;
}

const Form = ({ place, ownerName, kind: asked }: FormProps): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const chosen = useRef<Chosen | null>(null);
  const [name, setName] = useState('');
  const [sent, setSent] = useState(0);
  const [state, setState] = useState<UploadState>('going');
  const [refused, setRefused] = useState('');
  const [waiting, setWaiting] = useState(false);
  /** Null: not touched by the person, so it follows the file. */
  const [title, setTitle] = useState<string | null>(null);
  const [kind, setKind] = useState<ItemKind | undefined>(asked);
  const placeKey = `${place.subject} ${place.grade}`;
  const [chosenUnit, setUnit] = useState<{ readonly of: string; readonly id: string } | null>(null);
  const unitId = chosenUnit?.of === placeKey ? chosenUnit.id : (place.unitId ?? '');
  const add = useAction(library.client.addFile, {
    done: '已加入研训资源库',
    onDone: ({ id }) => {
      void client.invalidateQueries();
      void navigate({ to: '/library/items/$itemId', params: { itemId: id } });
    },
  });
  const shownTitle = title ?? titleOfFile(name);
  const shownKind = kind ?? kindOfFile(name);

  // Whoever leaves the page wants nothing added behind their back.
  useEffect(() => () => chosen.current?.stop.abort(), []);
  // What stands in the form when the file has arrived is what is saved.
  const typed = { title: shownTitle, kind: shownKind, place, unitId };
  const latest = useRef(typed);
  useEffect(() => {
    latest.current = typed;
  });

  const choose = (file: File | undefined): void => {
    if (file === undefined) return;
    chosen.current?.stop.abort();
    setName(file.name);
    setSent(0);
    setState('going');
    setRefused('');
    const stop = new AbortController();
    const isThis = (): boolean => chosen.current?.stop === stop && !stop.signal.aborted;
    const uploading = uploadOne(`${me.accountId}:add-file`, file, {
      signal: stop.signal,
      onProgress: (bytes, now) => {
        if (!isThis()) return;
        setSent(percentOf(bytes, file.size));
        setState(now);
      },
    });
    chosen.current = { file, uploading, stop };
    uploading.then(
      () => (isThis() ? setSent(100) : undefined),
      (error: unknown) => (isThis() ? setRefused(sentenceOf(error)) : undefined),
    );
  };
  const save = async (): Promise<void> => {
    const sending = chosen.current;
    if (sending === null) return;
    setWaiting(true);
    try {
      const uploadId = await sending.uploading;
      if (sending.stop.signal.aborted) return;
      const now = latest.current;
      add.mutate({
        uploadId,
        title: now.title,
        kind: now.kind,
        subject: now.place.subject,
        grade: now.place.grade,
        unitId: now.unitId === '' ? null : now.unitId,
      });
    } catch {
      // It is said where the file stands.
    } finally {
      setWaiting(false);
    }
  };
  const manyVolumes = place.volumes.length > 1;
  const units = place.volumes.flatMap((volume) =>
    volume.units.map((unit) => ({
      value: unit.id,
      label: manyVolumes ? `${volume.name} ${unit.name}` : unit.name,
    })),
  );
  const complete = name !== '' && refused === '' && shownTitle.trim() !== '' && ownerName !== null;
  return (
    <Panel>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p className="muted">
          {gradeLabels[place.grade]} {subjectLabels[place.subject]}
          {ownerName === null ? '' : ` · 加到：${ownerName}`}
        </p>
        <div className="field">
          <label htmlFor="add-file">文件</label>
          <input
            id="add-file"
            type="file"
            onChange={({ target }) => {
              choose(target.files?.[0]);
              // The same file may be chosen once more.
              target.value = '';
            }}
          />
          <p className="field-hint" role="status">
            {name === ''
              ? '课件、教案、学习单、音视频都可以，最大 4 GB。'
              : `${name}：${refused !== '' ? '没有传上去' : sent < 100 ? `${stateWords[state]} ${sent}%` : '已传完'}`}
          </p>
        </div>
        <TextField label="标题" value={shownTitle} required maxLength={80} onValue={setTitle} />
        {units.length === 0 ? null : (
          <SelectField
            label="单元"
            value={unitId}
            none="不属于某个单元"
            choices={units}
            onValue={(id) => setUnit({ of: placeKey, id })}
          />
        )}
        <SelectField
          label="种类"
          value={shownKind}
          choices={choicesOf(
            itemKinds.filter((one) => one !== 'theme-case'),
            itemKindLabels,
          )}
          onValue={(next) => setKind(itemKinds.find((one) => one === next))}
        />
        {refused === '' ? null : (
          <div className="row">
            <p className="problem" role="alert">
              {refused}
            </p>
            <Button size="small" onClick={() => choose(chosen.current?.file)}>
              重新上传
            </Button>
          </div>
        )}
        <Problem error={add.error} />
        <div className="row">
          <Button type="submit" variant="primary" busy={waiting || add.isPending} disabled={!complete}>
            保存
          </Button>
          <ButtonLink to="/library">返回</ButtonLink>
        </div>
      </form>
    </Panel>
  );
};
