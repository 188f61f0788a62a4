import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { subjects } from '#modules/organisation/vocabulary/contract.ts';
import { isRecord } from '#platform/is-record.ts';
import { useDraft } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Button } from '#web/ui/button.tsx';
import { choicesOf, SelectField, TextField } from '#web/ui/field.tsx';
import { Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded, Problem } from '#web/ui/states.tsx';
import { notify } from '#web/ui/toast.tsx';
import { useAction } from '#web/use-action.ts';
import { type ItemKind, itemKindLabels, itemKinds } from '../vocabulary/contract.ts';
import type { BroughtWord } from '../word-start/contract.ts';
import { library } from './parts/api.ts';
import { noPlace, type PlaceChoice, PlaceFields, stageOf } from './parts/place-fields.tsx';
import { readWordFile, type WordChoice, WordPreview, WordStart } from './parts/word-start.tsx';

type Starting = Awaited<ReturnType<typeof library.client.startingItem>>;

export const Page = (): ReactNode => {
  const query = useQuery(library.query.startingItem.queryOptions({ input: {} }));
  return (
    <Frame
      title="编写资源"
      lead="选好种类和所属的单元，就可以开始；几位老师可以同时写同一份。"
      width="narrow"
      back={{ to: '/library', label: '研训资源库' }}
    >
      <Loaded query={query}>{(starting) => <Form starting={starting} />}</Loaded>
    </Frame>
  );
};

interface Typed {
  readonly kind: string;
  readonly title: string;
  readonly owner: string;
  readonly shared: string;
  readonly place: PlaceChoice;
  readonly word: WordChoice | null;
}

const wordIn = (stored: unknown): WordChoice | null =>
  isRecord(stored) && typeof stored['id'] === 'string' && Array.isArray(stored['moves'])
    ? {
        id: stored['id'],
        moves: stored['moves'].flatMap((move: unknown) =>
          isRecord(move) && typeof move['from'] === 'string' && typeof move['to'] === 'string'
            ? [{ from: move['from'], to: move['to'] }]
            : [],
        ),
      }
    : null;

const parse =
  (initial: Typed) =>
  (stored: unknown): Typed | null => {
    if (!isRecord(stored) || !isRecord(stored['place'])) return null;
    const said = (from: Record<string, unknown>, key: string): string =>
      typeof from[key] === 'string' ? from[key] : '';
    const { place } = stored;
    return {
      kind: said(stored, 'kind'),
      title: said(stored, 'title'),
      owner: said(stored, 'owner') === '' ? initial.owner : said(stored, 'owner'),
      shared: said(stored, 'shared'),
      place: {
        subject: subjects.find((one) => one === place['subject']) ?? '',
        grade: said(place, 'grade'),
        volumeId: said(place, 'volumeId'),
        unitId: said(place, 'unitId'),
        lessonId: said(place, 'lessonId'),
      },
      word: wordIn(stored['word']),
    };
  };

const Form = ({ starting: { fields, schools } }: { starting: Starting }): ReactNode => {
  const me = useMe();
  const navigate = useNavigate();
  const address = new URLSearchParams(window.location.search);
  const forDistrict = fields === null || fields.length > 0;
  const initial: Typed = {
    kind: address.get('kind') ?? 'lesson-design',
    title: '',
    owner: forDistrict ? 'district' : (schools[0]?.id ?? ''),
    shared: '',
    place: {
      ...noPlace,
      subject: subjects.find((one) => one === address.get('subject')) ?? me.ownSubject ?? '',
      grade: address.get('grade') ?? '',
      volumeId: address.get('volume') ?? '',
      unitId: address.get('unit') ?? '',
      lessonId: address.get('lesson') ?? '',
    },
    word: null,
  };
  const key = `library-new:${me.accountId}:${address.toString()}`;
  const { value, set, clear } = useDraft<Typed>(key, initial, parse(initial));
  const start = useAction(library.client.startItem, {
    onDone: ({ roundId }) => {
      clear();
      void navigate({ to: '/library/rounds/$roundId', params: { roundId } });
    },
  });
  const isDistrict = value.owner === 'district';
  const offered =
    isDistrict && fields !== null
      ? subjects.filter((subject) => fields.some((field) => field.subject === subject))
      : subjects;
  const kind = itemKinds.find((one) => one === value.kind) ?? 'lesson-design';
  const { place } = value;
  const grade = Number(place.grade);
  const { word } = value;
  const file = useRef<File | null>(null);
  /** What the file says fills what the person has not. */
  const takeWord = (
    { id, proposed, kind: read }: BroughtWord,
    brought: File,
    before: Typed = value,
  ): void => {
    file.current = brought;
    const { subject } = proposed;
    const samePlace =
      (before.place.subject === '' || before.place.subject === subject) && before.place.unitId === '';
    set({
      ...before,
      kind: read,
      title: before.title === '' ? (proposed.title ?? '') : before.title,
      place:
        samePlace && subject !== null && offered.includes(subject)
          ? {
              ...noPlace,
              subject,
              grade: proposed.grade === null ? before.place.grade : String(proposed.grade),
              volumeId: proposed.volumeId ?? '',
              unitId: proposed.unitId ?? '',
            }
          : before.place,
      word: { id, moves: [] },
    });
  };
  const changeKind = async (next: ItemKind): Promise<void> => {
    const changed = { ...value, kind: next };
    set({ ...changed, word: null });
    if (word === null) return;
    if (file.current === null) return notify('种类改了，请重新选择 Word 文件。', 'bad');
    const read = await readWordFile(file.current, next);
    if (typeof read === 'string') notify(read, 'bad');
    else takeWord(read, file.current, changed);
  };
  const complete =
    value.title.trim() !== '' && place.subject !== '' && place.grade !== '' && value.owner !== '';
  return (
    <>
      <Panel>
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (place.subject === '' || place.grade === '') return;
            start.mutate({
              kind,
              title: value.title,
              schoolId: isDistrict ? null : value.owner,
              shared: isDistrict || value.shared === 'yes',
              stage: stageOf(grade),
              subject: place.subject,
              grade,
              volumeId: place.volumeId === '' ? null : place.volumeId,
              unitId: place.unitId === '' ? null : place.unitId,
              lessonId: place.lessonId === '' ? null : place.lessonId,
              ...(word === null ? {} : { word: { id: word.id, moves: [...word.moves] } }),
            });
          }}
        >
          <SelectField
            label="种类"
            value={kind}
            choices={choicesOf(itemKinds, itemKindLabels)}
            onValue={(next) => void changeKind(itemKinds.find((one) => one === next) ?? kind)}
          />
          <WordStart
            kind={kind}
            word={word}
            onRead={takeWord}
            onDrop={() => {
              file.current = null;
              set({ ...value, word: null });
            }}
          />
          <TextField
            label="标题"
            value={value.title}
            required
            maxLength={80}
            placeholder="如：两位数乘两位数（第1课时）"
            onValue={(title) => set({ ...value, title })}
          />
          {forDistrict && schools.length === 0 ? null : (
            <SelectField
              label="为谁编写"
              value={value.owner}
              choices={[
                ...(forDistrict ? [{ value: 'district', label: '全区（研训中心组）' }] : []),
                ...schools.map(({ id, name }) => ({ value: id, label: `${name}（本校）` })),
              ]}
              onValue={(owner) => set({ ...value, owner })}
            />
          )}
          {isDistrict ? null : (
            <SelectField
              label="发布以后谁能看到"
              value={value.shared}
              choices={[
                { value: '', label: '只有本校' },
                { value: 'yes', label: '全区各校' },
              ]}
              onValue={(shared) => set({ ...value, shared })}
            />
          )}
          <PlaceFields
            value={place}
            onValue={(next) => set({ ...value, place: next })}
            offered={offered}
            required
          />
          <Problem error={start.error} />
          <div className="row">
            <Button type="submit" variant="primary" busy={start.isPending} disabled={!complete}>
              开始编写
            </Button>
            {complete ? null : <span className="muted small">写好标题，选好学科和年级，就可以开始。</span>}
          </div>
        </form>
      </Panel>
      {word === null ? null : (
        <WordPreview word={word} onMoves={(moves) => set({ ...value, word: { ...word, moves } })} />
      )}
    </>
  );
};
