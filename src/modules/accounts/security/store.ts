import type { Queryable } from '#platform/database/database.ts';
import type { Day } from '#platform/dates.ts';
import { readSetting } from '#platform/district-setting.ts';
import { defaultSecurityRules, type SecurityRules } from './contract.ts';

export const securityRulesKey = 'accounts.security';

export const getSecurityRules = (db: Queryable, on: Day): Promise<SecurityRules> =>
  readSetting(db, securityRulesKey, on, defaultSecurityRules);
