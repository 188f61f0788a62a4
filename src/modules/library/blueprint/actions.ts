import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { invalid } from '#platform/refusal.ts';
import { placesNamed, readText } from '../consistency/actions.ts';
import { repeatedProblems } from '../picking/rules.ts';
import { unitName } from '../textbook/rules.ts';
import { listUnits } from '../textbook/store.ts';
import type { blueprintContract } from './contract.ts';
import { blueprintOf, blueprintProblems, paperLawProblems } from './rules.ts';

type Inputs = InferContractRouterInputs<typeof blueprintContract>;
type Outputs = InferContractRouterOutputs<typeof blueprintContract>;

export const getBlueprint = async (
  context: ActionContext<Actor>,
  input: Inputs['getBlueprint'],
): Promise<Outputs['getBlueprint']> => {
  const text = await readText(context, input);
  const { item, content } = text;
  if (item.kind !== 'test-paper') throw invalid('只有试卷资源有双向细目表。');
  const places = await placesNamed(context, text, 'items');
  const blueprint = blueprintOf(content, (named) => places.get(named)?.unitId ?? null);
  const units = item.volumeId === null ? [] : await listUnits(context.db, [item.volumeId]);
  const taught = units.map((unit) => ({ id: unit.id, name: unitName(unit) }));
  const named = new Map([...places.values()].map(({ unitId, unit }) => [unitId, unit]));
  return {
    ...blueprint,
    points: { ...blueprint.points },
    rows: blueprint.rows.map(({ unitId, cells, total }) => ({
      unitId,
      name: unitId === null ? '没有写明单元' : (named.get(unitId) ?? ''),
      cells: [...cells],
      total,
    })),
    problems: [
      ...blueprintProblems(blueprint, taught),
      ...repeatedProblems(content),
      ...paperLawProblems(item, content),
    ],
  };
};
