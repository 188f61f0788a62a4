import '../accounts.css';
import { type ReactNode, useEffect } from 'react';
import { chineseDate } from '#platform/dates.ts';
import { Button } from '#web/ui/button.tsx';
import type { Slip } from '../../administration/contract.ts';
import { dayText } from './when.ts';

const signInByText = { 'staff-number': '工号', phone: '手机号', 'login-name': '登录名' } as const;

interface SlipsProps {
  readonly slips: readonly Slip[];
  readonly onClose: () => void;
}

/** Strips to print, cut and hand out; once closed the passwords are gone for good. */
export const Slips = ({ slips, onClose }: SlipsProps): ReactNode => {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, []);
  return (
    <section className="panel slips-panel">
      <header className="panel-head no-print">
        <div>
          <h2>账号条（{slips.length} 人）</h2>
          <p className="lead">一次性密码只显示这一次。请现在打印，裁开后交给本人；丢失的可以重置。</p>
        </div>
        <div className="panel-actions">
          <Button variant="primary" onClick={() => window.print()}>
            打印
          </Button>
          <Button onClick={onClose}>已交付，关闭</Button>
        </div>
      </header>
      <div className="slips">
        {slips.map((slip) => (
          <article key={slip.accountId} className="slip">
            <h3>
              {slip.name}
              {slip.schoolName === null ? null : <small>{slip.schoolName}</small>}
            </h3>
            <dl>
              <div>
                <dt>{signInByText[slip.signInBy]}</dt>
                <dd>{slip.signInAs}</dd>
              </div>
              <div>
                <dt>一次性密码</dt>
                <dd className="slip-password">{slip.oneTimePassword}</dd>
              </div>
              <div>
                <dt>登录地址</dt>
                <dd>{window.location.origin}</dd>
              </div>
            </dl>
            <p>请在{chineseDate(dayText(slip.expiresAt))}前登录，并设置自己的密码。</p>
          </article>
        ))}
      </div>
    </section>
  );
};
