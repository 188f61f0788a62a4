import { implement } from '@orpc/server';
import type { Actor } from '#modules/organisation/contract.ts';
import { type RequestContext, read, write } from '#platform/http/endpoint.ts';
import {
  changeFindingChecker,
  getFinding,
  handOverFinding,
  listFindings,
  listFindingsWaiting,
  proposeForFinding,
  registerFinding,
  takeFindingStep,
} from './actions.ts';
import { findingContract } from './contract.ts';
import { findingFigures, startFinding } from './figures/actions.ts';
import { listPassedOn, passOn } from './pass-on/actions.ts';
import { mayFind, mayManageSome, mayReadFigures, mayReadFindings } from './policy.ts';

const os = implement(findingContract).$context<RequestContext<Actor>>();

export const findingRoutes = {
  startFinding: os.startFinding.handler(read(mayFind, startFinding)),
  proposeForFinding: os.proposeForFinding.handler(read(mayFind, proposeForFinding)),
  listPassedOn: os.listPassedOn.handler(read(mayReadFindings, listPassedOn)),
  passOn: os.passOn.handler(write(mayFind, passOn)),
  registerFinding: os.registerFinding.handler(write(mayFind, registerFinding)),
  handOverFinding: os.handOverFinding.handler(write(mayManageSome, handOverFinding)),
  changeFindingChecker: os.changeFindingChecker.handler(write(mayManageSome, changeFindingChecker)),
  takeFindingStep: os.takeFindingStep.handler(write(mayReadFindings, takeFindingStep)),
  getFinding: os.getFinding.handler(read(mayReadFindings, getFinding)),
  listFindings: os.listFindings.handler(read(mayReadFindings, listFindings)),
  listFindingsWaiting: os.listFindingsWaiting.handler(read(mayReadFindings, listFindingsWaiting)),
  findingFigures: os.findingFigures.handler(read(mayReadFigures, findingFigures)),
};
