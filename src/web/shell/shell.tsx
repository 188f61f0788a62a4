import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import type { Background, NavEntry } from '../module-nav.ts';
import { navGroups } from '../module-nav.ts';
import { sentenceOf } from '../rpc.ts';
import { type Me, SignedIn, useGoOn } from '../session.tsx';
import { sessionExpired } from '../session-events.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Loading } from '../ui/states.tsx';
import { notify } from '../ui/toast.tsx';

const SignIn = lazy(async () => ({
  default: (await import('#modules/accounts/web/parts/sign-in-form.tsx')).SignInForm,
}));
const SignInPage = lazy(async () => ({
  default: (await import('#modules/accounts/web/sign-in-page.tsx')).Page,
}));
const FirstPasswordPage = lazy(async () => ({
  default: (await import('#modules/accounts/web/first-password-page.tsx')).Page,
}));

/** The frame of every page for people signed in: navigation, the page, and signing in again on the spot. */
export const Shell = ({
  entries,
  background,
}: {
  entries: readonly NavEntry[];
  background: readonly Background[];
}): ReactNode => (
  <SignedIn
    otherwise={
      <Suspense fallback={<Loading label="正在打开…" />}>
        <SignInPage />
      </Suspense>
    }
  >
    {(me) =>
      me.mustChangePassword ? (
        <Suspense fallback={<Loading />}>
          <FirstPasswordPage />
        </Suspense>
      ) : (
        <Frame me={me} entries={entries.filter((entry) => entry.visible(me))} background={background} />
      )
    }
  </SignedIn>
);

const Frame = ({
  me,
  entries,
  background,
}: {
  me: Me;
  entries: readonly NavEntry[];
  background: readonly Background[];
}): ReactNode => {
  useEffect(() => {
    for (const { visible, load } of background)
      if (visible(me))
        load().then(
          ({ start }) => start(me),
          // Without a line and without its file: the next opening tries again.
          () => undefined,
        );
  }, [me, background]);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  // The menu is open on the page it was opened on, so that going anywhere closes it.
  const [menuOpenOn, setMenuOpenOn] = useState<string | null>(null);
  const menuOpen = menuOpenOn === pathname;
  const here = entryAt(
    pathname,
    entries.map(({ path }) => path),
  );
  return (
    <div className={`shell${menuOpen ? ' shell-menu-open' : ''}`}>
      <a className="skip-link" href="#content">
        跳到正文
      </a>
      <header className="topbar">
        <Link to="/" className="brand">
          <Icon name="book" />
          研训
        </Link>
        {me.offline === true ? (
          <span className="demo-mark" role="status">
            没有网络，先记在本机
          </span>
        ) : me.demo ? (
          <span className="demo-mark">演示数据，人名校名均为虚构</span>
        ) : null}
        <Link to="/account" className="topbar-me" aria-label={`我的账号：${me.name}`}>
          <span className="avatar" aria-hidden="true">
            {me.name.slice(-2)}
          </span>
          <span className="topbar-name">{me.name}</span>
        </Link>
      </header>
      <nav className="sidebar" aria-label="主导航" id="menu">
        <NavLink entry={{ label: '首页', path: '/' }} active={here === '/'} />
        {navGroups.map((group) => {
          const inGroup = entries.filter((entry) => entry.group === group);
          return inGroup.length === 0 ? null : (
            <section key={group} className="nav-group">
              <h2>{group}</h2>
              {inGroup.map((entry) => (
                <NavLink key={entry.path} entry={entry} active={entry.path === here} />
              ))}
            </section>
          );
        })}
      </nav>
      <main id="content" className="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <PhoneBar
        entries={entries}
        here={here}
        menuOpen={menuOpen}
        onMenu={() => setMenuOpenOn(menuOpen ? null : pathname)}
      />
      <SignInAgain />
    </div>
  );
};

/** The entry a page belongs to: the longest path that leads to it, so that only one is marked. */
const entryAt = (pathname: string, paths: readonly string[]): string =>
  paths
    .filter((path) => pathname === path || pathname.startsWith(`${path}/`))
    .reduce((longest, path) => (path.length > longest.length ? path : longest), pathname === '/' ? '/' : '');

const NavLink = ({
  entry,
  active,
}: {
  entry: Pick<NavEntry, 'label' | 'path'>;
  active: boolean;
}): ReactNode => (
  <Link
    to={entry.path}
    activeOptions={{ exact: true }}
    className={active ? 'nav-link nav-link-active' : 'nav-link'}
    {...(active ? { 'aria-current': 'page' as const } : {})}
  >
    {entry.label}
  </Link>
);

const PhoneBar = ({
  entries,
  here,
  menuOpen,
  onMenu,
}: {
  entries: readonly NavEntry[];
  here: string;
  menuOpen: boolean;
  onMenu: () => void;
}): ReactNode => {
  const home: Pick<NavEntry, 'label' | 'path'> & { icon: IconName } = {
    label: '首页',
    path: '/',
    icon: 'home',
  };
  const first = entries
    .filter((entry) => entry.phoneOrder !== undefined)
    .sort((one, other) => (one.phoneOrder ?? 0) - (other.phoneOrder ?? 0))
    .slice(0, 3);
  return (
    <nav className="phonebar" aria-label="常用">
      {[home, ...first].map((entry) => (
        <Link
          key={entry.path}
          to={entry.path}
          activeOptions={{ exact: true }}
          className="phonebar-item"
          {...(entry.path === here ? { 'aria-current': 'page' as const } : {})}
        >
          <Icon name={entry.icon ?? 'document'} />
          {entry.label}
        </Link>
      ))}
      <button
        type="button"
        className="phonebar-item"
        aria-expanded={menuOpen}
        aria-controls="menu"
        onClick={onMenu}
      >
        <Icon name="menu" />
        {menuOpen ? '收起' : '全部'}
      </button>
    </nav>
  );
};

/** The session ended while a page was open: the page stays as it is behind this dialog. */
const SignInAgain = (): ReactNode => {
  const [expired, setExpired] = useState(false);
  const goOn = useGoOn();
  useEffect(() => sessionExpired.subscribe(() => setExpired(true)), []);
  if (!expired) return null;
  return (
    <Dialog title="登录已过期" onClose={() => setExpired(false)}>
      <p>您填写的内容仍在本页。请重新登录后继续。</p>
      <Suspense fallback={<Loading />}>
        <SignIn
          onSignedIn={() =>
            void goOn().then(
              () => setExpired(false),
              (error: unknown) => notify(sentenceOf(error), 'bad'),
            )
          }
        />
      </Suspense>
    </Dialog>
  );
};
