import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
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
import './library.css';

/** From where the person comes stands in the address. */
const useAddress = () => {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const subject = subjects.find((one) => one === search['subject']);
  const grade = grades.find((one) => one === Number(search['grade']));
  const unitId = typeof search['unit'] === 'string' ? search['unit'] : undefined;
  return {
    kind: itemKinds.find((one) => one === search['kind']),
    input: {
      ...(subject === undefined ? {} : { subject }),
      ...(grade === undefined ? {} : { grade }),
      ...(unitId === undefined ? {} : { unitId }),
    },
  };
};

type Starting = Awaited<ReturnType<typeof library.client.startingFile>>;
type Place = NonNullable<Starting['place']>;

export const Page = (): ReactNode => {
  const { kind, input } = useAddress();
  const query = useQuery(library.query.startingFile.queryOptions({ input }));
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
            {place !== null && owner !== 'none' ? (
              <Form
                key={`${place.subject} ${place.grade}`}
                place={place}
                ownerName={owner.schoolName ?? '研训中心组（全区）'}
                kind={kind}
              />
            ) : null}
            <PlaceChange place={place} none={place !== null && owner === 'none'} />
          </>
        )}
      </Loaded>
    </Frame>
  );
};

/** Hidden while it is known what one teaches. */
const PlaceChange = ({ place, none }: { place: Place | null; none: boolean }): ReactNode => {
  const navigate = useNavigate();
  const go = (next: { subject?: string; grade?: string }): void => {
    const subject = next.subject ?? place?.subject ?? '';
    const grade = Number(next.grade ?? place?.grade ?? 1);
    void navigate({ to: '/library/add', search: { subject, grade }, replace: true });
  };
  const fields = (
    <div className="filters">
      <SelectField
        label="学科"
        value={place?.subject ?? ''}
        none="请选择"
        choices={choicesOf(subjects, subjectLabels)}
        onValue={(subject) => go({ subject })}
      />
      <SelectField
        label="年级"
        value={String(place?.grade ?? 1)}
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
}

interface FormProps {
  readonly place: Place;
  readonly ownerName: string;
  readonly kind: ItemKind | undefined;
}

const Form = ({ place, ownerName, kind: asked }: FormProps): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const chosen = useRef<Chosen | null>(null);
  const [name, setName] = useState('');
  const [sent, setSent] = useState(0);
  const [refused, setRefused] = useState('');
  const [waiting, setWaiting] = useState(false);
  /** Null: not touched by the person, so it follows the file. */
  const [title, setTitle] = useState<string | null>(null);
  const [kind, setKind] = useState<ItemKind | undefined>(asked);
  const [unitId, setUnitId] = useState(place.unitId ?? '');
  const add = useAction(library.client.addFile, {
    done: '已加入研训资源库',
    onDone: ({ id }) => {
      void client.invalidateQueries();
      void navigate({ to: '/library/items/$itemId', params: { itemId: id } });
    },
  });
  const shownTitle = title ?? titleOfFile(name);
  const shownKind = kind ?? kindOfFile(name);

  const choose = (file: File | undefined): void => {
    if (file === undefined) return;
    setName(file.name);
    setSent(0);
    setRefused('');
    const uploading = uploadOne(`${me.accountId}:add-file`, file, (bytes) => {
      if (chosen.current?.file === file) setSent(percentOf(bytes, file.size));
    });
    chosen.current = { file, uploading };
    uploading.then(
      () => (chosen.current?.file === file ? setSent(100) : undefined),
      (error: unknown) => (chosen.current?.file === file ? setRefused(sentenceOf(error)) : undefined),
    );
  };
  const save = async (): Promise<void> => {
    const uploading = chosen.current?.uploading;
    if (uploading === undefined) return;
    setWaiting(true);
    try {
      const uploadId = await uploading;
      add.mutate({
        uploadId,
        title: shownTitle,
        kind: shownKind,
        subject: place.subject,
        grade: place.grade,
        unitId: unitId === '' ? null : unitId,
      });
    } catch (error) {
      setRefused(sentenceOf(error));
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
  const complete = name !== '' && refused === '' && shownTitle.trim() !== '';
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
          {gradeLabels[place.grade]} {subjectLabels[place.subject]} · 加到：{ownerName}
        </p>
        <div className="field">
          <label htmlFor="add-file">文件</label>
          <input id="add-file" type="file" required onChange={({ target }) => choose(target.files?.[0])} />
          <p className="field-hint" role="status">
            {name === ''
              ? '课件、教案、学习单、音视频都可以，最大 4 GB。'
              : sent < 100
                ? `正在上传 ${sent}%`
                : '已传完'}
          </p>
        </div>
        <TextField label="标题" value={shownTitle} required maxLength={80} onValue={setTitle} />
        {units.length === 0 ? null : (
          <SelectField
            label="单元"
            value={unitId}
            none="不属于某个单元"
            choices={units}
            onValue={setUnitId}
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
          <p className="problem" role="alert">
            {refused}
          </p>
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
