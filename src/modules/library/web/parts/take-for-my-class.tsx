import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { choicesOf, SelectField } from '#web/ui/field.tsx';
import { Failure, Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import {
  type AdaptationOpening,
  adaptationOpeningLabels,
  adaptationOpenings,
} from '../../vocabulary/contract.ts';
import { library } from './api.ts';

/** 用于我的课: takes the version as it stands, or leads to what one took before; for each of one's schools its own. */
export const TakeForMyClass = ({ itemId }: { itemId: string }): ReactNode => {
  const [asking, setAsking] = useState(false);
  const own = useQuery(
    library.query.listAdaptations.queryOptions({ input: { view: 'mine', itemId, limit: 20 } }),
  );
  const starting = useQuery(library.query.startingItem.queryOptions({ input: {} }));
  const fault = own.data === undefined ? own : starting.data === undefined ? starting : undefined;
  if (fault?.isError === true) return <Failure error={fault.error} retry={() => void fault.refetch()} />;
  const schools = starting.data?.schools ?? [];
  const mine = own.data?.rows ?? [];
  const left = schools.filter((school) => !mine.some(({ schoolId }) => schoolId === school.id));
  return (
    <>
      {mine.map((one) => (
        <ButtonLink key={one.id} to={`/library/adaptations/${one.id}`} variant="primary">
          {schools.length > 1 ? `打开我在${one.schoolName}的校本化` : '打开我的校本化'}
        </ButtonLink>
      ))}
      {mine.length > 0 && left.length === 0 ? null : (
        <Button
          variant={mine.length === 0 ? 'primary' : 'plain'}
          onClick={() => setAsking(true)}
          disabled={own.data === undefined || starting.data === undefined}
        >
          {mine.length === 0 ? '用于我的课（校本化）' : `用于我在${left[0]?.name ?? ''}的课`}
        </Button>
      )}
      {asking ? <Take itemId={itemId} schools={left} onClose={() => setAsking(false)} /> : null}
    </>
  );
};

interface TakeProps {
  readonly itemId: string;
  readonly schools: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
}

const Take = ({ itemId, schools, onClose }: TakeProps): ReactNode => {
  const navigate = useNavigate();
  const ended = useQuery(
    library.query.listAdaptations.queryOptions({ input: { view: 'ended', itemId, limit: 1 } }),
  );
  const [former] = ended.data?.rows ?? [];
  const [chosen, setChosen] = useState('');
  const [openTo, setOpenTo] = useState<AdaptationOpening>('maker');
  const schoolId = chosen === '' ? (schools[0]?.id ?? '') : chosen;
  const take = useAction(library.client.adaptItem, {
    onDone: ({ id }) =>
      void navigate({ to: '/library/adaptations/$adaptationId', params: { adaptationId: id } }),
  });
  return (
    <Dialog title="用于我的课" onClose={onClose}>
      <div className="stack">
        <p>
          从现在这一版开始。没有改过的部分跟着区级走，改过的部分是您自己的；区里出新版时逐处对照，不会覆盖您写的。
        </p>
        {former === undefined ? null : (
          <p className="notice">
            您以前做过一份，已经停用。要接着用，请
            <Link to="/library/adaptations/$adaptationId" params={{ adaptationId: former.id }}>
              打开那一份重新启用
            </Link>
            ；在这里开始的是新的一份。
          </p>
        )}
        {schools.length > 1 ? (
          <SelectField
            label="用在哪所学校"
            value={schoolId}
            choices={schools.map(({ id, name }) => ({ value: id, label: name }))}
            onValue={setChosen}
          />
        ) : null}
        <SelectField
          label="谁可以改"
          value={openTo}
          choices={choicesOf(adaptationOpenings, adaptationOpeningLabels)}
          onValue={(value) => setOpenTo(adaptationOpenings.find((one) => one === value) ?? 'maker')}
        />
        <Problem error={take.error} />
        <Button
          variant="primary"
          busy={take.isPending}
          disabled={schoolId === ''}
          onClick={() => take.mutate({ itemId, schoolId, openTo })}
        >
          开始校本化
        </Button>
      </div>
    </Dialog>
  );
};
