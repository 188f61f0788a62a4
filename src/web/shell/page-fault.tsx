import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Page } from '../ui/page.tsx';

/** A page that could not be shown, most often because a new version replaced its files. */
export const PageFault = (): ReactNode => (
  <Page
    title="页面没能打开"
    lead="可能是网络中断，或系统刚刚更新。您已填写的内容仍保留在本机，重新打开即可继续。"
    width="narrow"
  >
    <Button variant="primary" onClick={() => window.location.reload()}>
      重新打开
    </Button>
  </Page>
);
