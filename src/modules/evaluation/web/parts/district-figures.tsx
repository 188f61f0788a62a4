import type { ReactNode } from 'react';
import { Figure } from '#web/ui/page.tsx';
import type { DistrictProgress } from '../../contract.ts';
import { percent } from '../../observing/rules.ts';

const ledger = '/progress/district';

/** The district's sums; each opens the list of units it is made of. */
export const DistrictFigures = ({ district }: { district: DistrictProgress }): ReactNode => {
  const { total, term } = district;
  const share = percent(total.fedBack, total.records);
  const withoutHead = district.units.filter(({ principals }) => principals.length === 0).length;
  const search = { termId: term.id };
  return (
    <div className="figures">
      <Figure
        label="校长听课"
        value={total.lessons}
        unit="节"
        note={total.amount === 0 ? undefined : `全学期应完成 ${total.amount} 节`}
        to={ledger}
        search={search}
      />
      <Figure
        label="到今天应完成"
        value={Math.round(total.expected)}
        unit="节"
        note="按教学日推算"
        to={ledger}
        search={search}
      />
      <Figure
        label="已向教师反馈"
        value={total.fedBack}
        unit="份"
        note={share === null ? undefined : `占记录的 ${share}%`}
        to={ledger}
        search={search}
      />
      <Figure
        label="单位"
        value={total.units}
        unit="个"
        note={withoutHead === 0 ? undefined : `${withoutHead} 个还没有登记校长`}
        to={ledger}
        search={search}
      />
    </div>
  );
};
