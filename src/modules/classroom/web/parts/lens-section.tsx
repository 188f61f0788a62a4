import { lazy, type ReactNode, Suspense, useState } from 'react';
import { draftKeys } from '#web/draft.ts';
import { useMe } from '#web/session.tsx';
import { Loading } from '#web/ui/states.tsx';
import type { Mode } from '../../vocabulary/contract.ts';
import { lensKey } from './lens-pending.ts';

const LensCapture = lazy(async () => ({ default: (await import('./lens-capture.tsx')).LensCapture }));

interface LensSectionProps {
  readonly observationId: string;
  readonly mode: Mode;
  /** The server knows the record. */
  readonly known: boolean;
  /** Something is tapped and the server does not know the record yet. */
  readonly onBegin: () => void;
}

/** Closed until somebody wants it, and only then loaded; what an earlier visit left unsent opens it. */
export const LensSection = (props: LensSectionProps): ReactNode => {
  const { accountId } = useMe();
  const [wanted, setWanted] = useState(() => draftKeys(lensKey(accountId, props.observationId)).length > 0);
  return (
    <section className="panel">
      <details open={wanted} onToggle={(event) => event.currentTarget.open && setWanted(true)}>
        <summary>课堂观察工具（选填）</summary>
        {wanted ? (
          <Suspense fallback={<Loading />}>
            <LensCapture {...props} />
          </Suspense>
        ) : null}
      </details>
    </section>
  );
};
