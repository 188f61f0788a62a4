import type { ReactNode } from 'react';
import { ButtonLink } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';

export const NotFoundPage = (): ReactNode => (
  <Page title="没有这个页面" lead="地址可能已经变更，或不在您的工作范围内。" width="narrow">
    <ButtonLink to="/" variant="primary">
      回到首页
    </ButtonLink>
  </Page>
);
