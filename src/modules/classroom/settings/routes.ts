import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import { listClassroomSettings, setClassroomSetting } from './actions.ts';
import { classroomSettingsContract } from './contract.ts';
import { mayReadClassroomSettings, maySetClassroomSettings } from './policy.ts';

const os = implement(classroomSettingsContract).$context<RequestContext<Actor>>();

export const classroomSettingsRoutes = {
  listClassroomSettings: os.listClassroomSettings.handler(
    read(mayReadClassroomSettings, listClassroomSettings),
  ),
  setClassroomSetting: os.setClassroomSetting.handler(write(maySetClassroomSettings, setClassroomSetting)),
};
