import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { organisation } from './api.ts';

export interface ChosenPerson {
  readonly id: string;
  readonly name: string;
}

/** Finds one person by name, pinyin, initials or staff number. */
export const PersonChoice = ({
  value,
  onValue,
}: {
  value: ChosenPerson | null;
  onValue: (person: ChosenPerson | null) => void;
}): ReactNode => {
  const [text, setText] = useState('');
  const asked = text.trim();
  const query = useQuery({
    ...organisation.query.searchPeople.queryOptions({ input: { text: asked, limit: 8 } }),
    enabled: asked !== '' && value === null,
  });
  if (value !== null)
    return (
      <p className="row">
        <span>{value.name}</span>
        <Button size="small" onClick={() => onValue(null)}>
          另选一人
        </Button>
      </p>
    );
  return (
    <div className="stack">
      <TextField
        label="校长"
        hint="可输入姓名、拼音、首字母或工号"
        value={text}
        onValue={setText}
        autoComplete="off"
        required
      />
      {(query.data?.rows ?? []).map(({ id, name, schoolName, posts }) => (
        <Button key={id} onClick={() => onValue({ id, name })}>
          {name}（{posts.join('；') || (schoolName ?? '')}）
        </Button>
      ))}
      {query.data?.rows.length === 0 ? <p className="muted">没有找到，请换一个写法。</p> : null}
    </div>
  );
};
