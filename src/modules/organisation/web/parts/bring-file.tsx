import { type ReactNode, useRef, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/page.tsx';

interface BringFileProps {
  readonly fileLabel: string;
  readonly pastedName: string;
  /** Answers the sentence that refuses it, or null when it was taken. */
  readonly bring: (content: Blob, name: string) => Promise<string | null>;
  readonly children?: ReactNode;
}

/** A table to be imported: a file, or what was copied from one. What was pasted stays when it is refused. */
export const BringFile = ({ fileLabel, pastedName, bring, children }: BringFileProps): ReactNode => {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (content: Blob, name: string): Promise<void> => {
    setBusy(true);
    setProblem(null);
    const refusal = await bring(content, name);
    setBusy(false);
    setProblem(refusal);
  };
  return (
    <Panel title="上传或粘贴">
      <div className="org-form">
        {children}
        <input
          ref={input}
          type="file"
          className="visually-hidden"
          tabIndex={-1}
          aria-label={fileLabel}
          accept=".xlsx,.docx,.csv,.tsv,.txt"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file !== undefined) void send(file, file.name);
          }}
        />
        <Button variant="primary" busy={busy} onClick={() => input.current?.click()}>
          选择文件（xlsx、docx、csv、txt）
        </Button>
        <TextArea
          label="或把表格粘贴到这里"
          value={text}
          onValue={setText}
          rows={5}
          hint="从 Word、Excel 里连同表头一起复制。"
        />
        <Button
          busy={busy}
          disabled={text.trim() === ''}
          onClick={() => void send(new Blob([text]), pastedName)}
        >
          看预览
        </Button>
        {problem === null ? null : (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    </Panel>
  );
};
