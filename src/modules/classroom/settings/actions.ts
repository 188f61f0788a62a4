import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { Actor } from '#modules/organisation/contract.ts';
import { recordAudit } from '#platform/audit/audit.ts';
import { isStillVersion, versionOfRows } from '#platform/database/row-set.ts';
import { valuesOfSetting, writeSetting } from '#platform/district-setting.ts';
import type { ActionContext } from '#platform/http/endpoint.ts';
import { conflict, invalid } from '#platform/refusal.ts';
import { type ClassroomSettingRow, classroomSetting, type classroomSettingsContract } from './contract.ts';
import { maySetClassroomSettings } from './policy.ts';
import { defaultOf } from './rules.ts';
import { listSettingValues } from './store.ts';
import { type ClassroomSettingKey, classroomSettingKeys } from './vocabulary/contract.ts';

type Context = ActionContext<Actor>;
type Inputs = InferContractRouterInputs<typeof classroomSettingsContract>;
type Outputs = InferContractRouterOutputs<typeof classroomSettingsContract>;

type Values = ClassroomSettingRow['values'];

const readValues = async (
  { db }: Context,
  keys: readonly ClassroomSettingKey[],
): Promise<Map<string, Values>> => {
  const stored = await listSettingValues(db, keys);
  const values = stored.flatMap(({ key, value, ...dated }) => {
    const setting = classroomSetting.safeParse({ key, value });
    return setting.success ? [{ setting: setting.data, ...dated }] : [];
  });
  return Map.groupBy(values, ({ setting }) => setting.key);
};

export const listClassroomSettings = async (context: Context): Promise<Outputs['listClassroomSettings']> => {
  const { db, actor, today } = context;
  const all = await readValues(context, classroomSettingKeys);
  const rows: ClassroomSettingRow[] = [];
  for (const key of classroomSettingKeys) {
    const values = all.get(key) ?? [];
    const inForce = values.find(({ fromOn }) => fromOn <= today);
    const setting = inForce?.setting ?? defaultOf(key);
    if (setting === undefined) continue;
    rows.push({
      setting,
      fromOn: inForce?.fromOn ?? null,
      clause: inForce?.clause ?? '平台预设，尚未由领导小组确定',
      values,
      version: await versionOfRows(db, valuesOfSetting(key)),
    });
  }
  return { today, rows, mayChange: maySetClassroomSettings(actor) };
};

/** From a day on, today or later: what was judged by the value before stays as it is. */
export const setClassroomSetting = async (
  context: Context,
  { setting, fromOn, clause, version }: Inputs['setClassroomSetting'],
): Promise<Outputs['setClassroomSetting']> => {
  const { db, actor, today } = context;
  const { key, value } = setting;
  if (fromOn < today) throw invalid('新的规定从今天或以后起执行，请改选日期；以前的记录仍按当时的规定。');
  if (!(await isStillVersion(db, valuesOfSetting(key), version)))
    throw conflict('这一项刚刚被别人改过。您填写的内容还在，请看过新内容后再保存。');
  const before = (await readValues(context, [key])).get(key)?.find((one) => one.fromOn <= fromOn)?.setting;
  await writeSetting(db, { key, value, fromOn, clause, setBy: actor.personId });
  await recordAudit(db, context.origin, {
    action: 'classroom.setting-set',
    objectKind: 'platform.setting',
    objectId: key,
    before: before ?? null,
    after: { ...setting, fromOn, clause },
  });
  return { version: await versionOfRows(db, valuesOfSetting(key)) };
};
