import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { newId } from '#platform/ids.ts';
import { Button } from '#web/ui/button.tsx';
import { nextLesson } from '../../content/rules.ts';
import type { ObservationContent } from '../../contract.ts';

/** Four lessons of a morning in a row: the next record begins with one tap. */
export const NextLesson = ({
  content,
  variant = 'plain',
}: {
  content: ObservationContent;
  variant?: 'plain' | 'primary';
}): ReactNode => {
  const navigate = useNavigate();
  const next = nextLesson(content);
  if (next === null) return null;
  return (
    <Button
      variant={variant}
      size="large"
      onClick={() => void navigate({ to: `/observations/${newId()}/edit`, search: { new: 1, next } })}
    >
      下一节（第{next.slotFrom}节）
    </Button>
  );
};
