import '../organisation.css';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { organisation } from './api.ts';
import { NominationRow } from './nominations.tsx';

export const Card = (): ReactNode => {
  const coverage = useQuery(organisation.query.listCoverage.queryOptions({ input: {} }));
  const nominations = useQuery(
    organisation.query.listNominations.queryOptions({ input: { state: 'requested', limit: 5 } }),
  );
  return (
    <Panel title="联合体学科组" actions={<ButtonLink to="/coverage">看覆盖</ButtonLink>}>
      <Loaded query={coverage}>
        {({ rows }) => {
          const mine = rows.filter((row) => row.mine);
          return (
            <p>
              {mine.length === 0
                ? '您所在的学校还没有编入联合体。'
                : mine
                    .map(({ name, cells, covered }) =>
                      cells === covered ? `${name}已齐` : `${name}还空 ${cells - covered} 处`,
                    )
                    .join('；')}
            </p>
          );
        }}
      </Loaded>
      <Loaded query={nominations}>
        {({ rows }) => (
          <ul className="plain-rows">
            {rows.map((one) => (
              <NominationRow key={one.id} nomination={one} />
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
};
