import { type ReactNode, useState } from 'react';

interface ChangedElsewhereProps {
  /** Of the record as it stands now; the form was filled from the one it had when it was opened. */
  readonly version: number | string | undefined;
  /** The page that shows the record. */
  readonly opens: string;
}

/** In a form over a record: once somebody else has changed it, saving over that is said before it is done. */
export const ChangedElsewhere = ({ version, opens }: ChangedElsewhereProps): ReactNode => {
  const [begun] = useState(version);
  if (version === begun) return null;
  return (
    <p className="notice notice-warn" role="status">
      您填写期间，别处改过这份资料。
      <a href={opens} target="_blank" rel="noreferrer">
        在新窗口看最新内容
      </a>
      ；再保存，就以本页为准。
    </p>
  );
};
