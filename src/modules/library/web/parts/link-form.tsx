import type { ReactNode } from 'react';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DayField, TextArea, TextField } from '#web/ui/field.tsx';
import { Problem } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import { useKeptForm } from '#web/use-kept-form.ts';
import { library } from './api.ts';

interface LinkFormProps {
  readonly itemId: string;
  readonly onClose: () => void;
}

/** A netdisk link: what the netdisk puts on the clipboard may be pasted as it is. */
export const LinkForm = ({ itemId, onClose }: LinkFormProps): ReactNode => {
  const { form, set, clear } = useKeptForm(`library-link:${itemId}`, {
    title: '',
    url: '',
    accessCode: '',
    expiresOn: '',
  });
  const add = useAction(library.client.attachLink, {
    done: '已添加链接',
    onDone: () => {
      clear();
      onClose();
    },
  });
  return (
    <Dialog title="添加网盘链接" onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { title, url, accessCode, expiresOn } = form;
          add.mutate({ itemId, title, url, accessCode, expiresOn: expiresOn === '' ? null : expiresOn });
        }}
      >
        <TextField
          label="名称"
          value={form.title}
          required
          maxLength={200}
          placeholder="如：课堂实录（40分钟）"
          onValue={(title) => set({ title })}
        />
        <TextArea
          label="链接"
          value={form.url}
          required
          maxLength={2000}
          hint="网盘复制出来的整段文字可以直接粘贴，提取码会自动认出。"
          onValue={(url) => set({ url })}
        />
        <TextField
          label="提取码"
          value={form.accessCode}
          maxLength={40}
          onValue={(accessCode) => set({ accessCode })}
        />
        <DayField
          label="到期日"
          value={form.expiresOn}
          hint="长期有效就不填。到期后会标出“已过期”。"
          onValue={(expiresOn) => set({ expiresOn })}
        />
        <Problem error={add.error} />
        <Button
          type="submit"
          variant="primary"
          busy={add.isPending}
          disabled={form.title.trim() === '' || form.url.trim() === ''}
        >
          添加
        </Button>
      </form>
    </Dialog>
  );
};
