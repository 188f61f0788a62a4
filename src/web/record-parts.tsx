import { createContext, lazy, type ReactNode, Suspense, use, useMemo } from 'react';
import type { RecordPart } from './module-nav.ts';
import { useMe } from './session.tsx';
import { Loading } from './ui/states.tsx';

const Parts = createContext<readonly RecordPart[]>([]);

/** Hands every module's parts to the pages of the records they belong to. */
export const RecordPartsProvider = ({
  parts,
  children,
}: {
  parts: readonly RecordPart[];
  children: ReactNode;
}): ReactNode => <Parts value={parts}>{children}</Parts>;

/** Made once each: a component made during rendering would lose its state. */
const componentOf = new WeakMap<RecordPart, ReturnType<typeof lazyPart>>();
const lazyPart = (part: RecordPart) => lazy(async () => ({ default: (await part.load()).Part }));

const partComponent = (part: RecordPart): ReturnType<typeof lazyPart> => {
  const known = componentOf.get(part);
  if (known !== undefined) return known;
  const made = lazyPart(part);
  componentOf.set(part, made);
  return made;
};

/** What later modules say of this record; its own page knows none of them. */
export const RecordParts = ({ record, id }: { record: RecordPart['record']; id: string }): ReactNode => {
  const me = useMe();
  const parts = use(Parts);
  const shown = useMemo(
    () => parts.filter((part) => part.record === record && part.visible(me)),
    [parts, record, me],
  );
  return shown.map((part) => {
    const Part = partComponent(part);
    return (
      <Suspense key={part.key} fallback={<Loading />}>
        <Part id={id} />
      </Suspense>
    );
  });
};
