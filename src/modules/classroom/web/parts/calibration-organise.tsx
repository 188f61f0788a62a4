import { type ReactNode, useState } from 'react';
import { addDays, chineseDate } from '#platform/dates.ts';
import { todayHere } from '#web/today.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField } from '#web/ui/field.tsx';
import { Figure, Panel } from '#web/ui/page.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { CalibrationDetail } from '../../calibration/contract.ts';
import { openingProblem } from '../../calibration/rules.ts';
import { leastRaters } from '../../calibration/vocabulary/contract.ts';
import { classroom } from './api.ts';
import { CalibrationForm } from './calibration-form.tsx';
import { CalibrationSum } from './calibration-sum.tsx';

type Organised = NonNullable<CalibrationDetail['organised']>;
interface Props {
  readonly session: CalibrationDetail;
  readonly organised: Organised;
}

/** For whoever organises: open it, see how many submitted, close it, read the sum. */
export const CalibrationOrganise = ({ session, organised }: Props): ReactNode => {
  const [changing, setChanging] = useState(false);
  if (changing) return <Change session={session} organised={organised} onDone={() => setChanging(false)} />;
  return (
    <>
      {session.state === 'draft' ? (
        <Panel title="核对后开启" lead="开启以后，受邀的人在首页看到；课和名单不能再改。">
          <People organised={organised} />
          <Open session={session} organised={organised} />
          <Button onClick={() => setChanging(true)}>修改</Button>
        </Panel>
      ) : (
        <Panel title={session.state === 'open' ? '提交进度' : '提交情况'}>
          <div className="row">
            <Figure
              label="评课人已提交"
              value={`${organised.ratedRaters}/${organised.raters.length}`}
              unit="人"
            />
            {organised.panel.length === 0 ? null : (
              <Figure
                label="专家组已提交"
                value={`${organised.ratedPanel}/${organised.panel.length}`}
                unit="人"
              />
            )}
          </div>
          <People organised={organised} />
          {session.state === 'open' ? (
            <>
              <p className="muted">结束以前只显示人数；谁评了什么，任何人都看不到。</p>
              <div className="row">
                <Extend session={session} />
                <Close session={session} organised={organised} />
              </div>
            </>
          ) : null}
        </Panel>
      )}
      {organised.sum === null ? null : <CalibrationSum sum={organised.sum} rubric={session.rubric} />}
    </>
  );
};

const People = ({ organised: { raters, panel } }: { organised: Organised }): ReactNode => (
  <details>
    <summary>
      邀请了 {raters.length} 位评课人
      {panel.length === 0 ? '，没有设专家组' : `、${panel.length} 位专家组成员`}
    </summary>
    <p>{raters.map(({ name, schoolName }) => `${name}（${schoolName ?? '区级'}）`).join('、')}</p>
    {panel.length === 0 ? null : <p>专家组：{panel.map(({ name }) => name).join('、')}</p>}
  </details>
);

const Open = ({ session, organised }: Props): ReactNode => {
  const open = useAction(classroom.client.openCalibration, { done: '已开启' });
  const problem = openingProblem(
    {
      raters: organised.raters.map(({ id }) => id),
      panel: organised.panel.map(({ id }) => id),
      deadlineOn: session.deadlineOn,
    },
    todayHere(),
  );
  return (
    <>
      {problem === null ? null : <p className="notice notice-warn">{problem}</p>}
      <Problem error={open.error} />
      <Button
        variant="primary"
        size="large"
        busy={open.isPending}
        disabled={problem !== null}
        onClick={() => open.mutate({ id: session.id, version: session.version })}
      >
        开启校准
      </Button>
    </>
  );
};

const Change = ({ session, organised, onDone }: Props & { onDone: () => void }): ReactNode => {
  const { id, version } = session;
  const change = useAction(classroom.client.changeCalibration, { done: '已保存', onDone });
  return (
    <>
      <CalibrationForm
        draftKey={`${id}:${version}`}
        initial={{
          title: session.title,
          subject: session.subject,
          grade: String(session.grade),
          topic: session.topic,
          mode: session.mode,
          schoolId: session.schoolId ?? '',
          dayOn: session.dayOn ?? todayHere(),
          slot: session.slot === null ? '' : String(session.slot),
          note: session.note,
          raters: organised.raters.map((one) => one.id),
          panel: organised.panel.map((one) => ({ id: one.id, name: one.name })),
          deadlineOn: session.deadlineOn,
        }}
        busy={change.isPending}
        error={change.error}
        onSave={(plan, forget) => change.mutate({ id, version, ...plan }, { onSuccess: forget })}
      />
      <Button onClick={onDone}>不改了</Button>
    </>
  );
};

const Extend = ({ session: { id, version, deadlineOn } }: { session: CalibrationDetail }): ReactNode => {
  const [open, setOpen] = useState(false);
  const [day, setDay] = useState(addDays(deadlineOn, 7));
  const extend = useAction(classroom.client.extendCalibration, {
    done: '已延期',
    onDone: () => setOpen(false),
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>延期</Button>
      {open ? (
        <Dialog title="延长提交时间" onClose={() => setOpen(false)}>
          <DayField
            label="新的截止日期"
            hint={`原来是 ${chineseDate(deadlineOn)}`}
            value={day}
            min={addDays(deadlineOn, 1)}
            onValue={setDay}
          />
          <Problem error={extend.error} />
          <div className="row">
            <Button
              variant="primary"
              busy={extend.isPending}
              disabled={day === ''}
              onClick={() => extend.mutate({ id, version, deadlineOn: day })}
            >
              延期
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
};

const Close = ({ session: { id, version }, organised: { ratedRaters, raters } }: Props): ReactNode => {
  const [open, setOpen] = useState(false);
  const close = useAction(classroom.client.closeCalibration, {
    done: '已结束',
    onDone: () => setOpen(false),
  });
  return (
    <>
      <Button variant="danger" onClick={() => setOpen(true)}>
        结束校准
      </Button>
      {open ? (
        <Dialog title="结束这次校准" onClose={() => setOpen(false)}>
          <p>
            {raters.length} 位评课人中 {ratedRaters} 位已提交。结束以后不能再提交，也不能重新开启。
          </p>
          {ratedRaters < leastRaters ? (
            <p className="notice notice-warn">现在结束，人数不足{leastRaters}人，不会显示任何汇总。</p>
          ) : null}
          <Problem error={close.error} />
          <div className="row">
            <Button variant="danger" busy={close.isPending} onClick={() => close.mutate({ id, version })}>
              确认结束
            </Button>
          </div>
        </Dialog>
      ) : null}
    </>
  );
};
