import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { Facts, Page as Frame, Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import { useAction } from '#web/use-action.ts';
import type { SuggestionDetail } from '../suggestion/contract.ts';
import { library } from './parts/api.ts';
import { Confirm } from './parts/confirm.tsx';
import { SuggestionBadges, SuggestionList } from './parts/suggestion-list.tsx';
import { TakeSuggestion } from './parts/take-suggestion.tsx';
import { ContentDifference } from './parts/version-difference.tsx';
import './library.css';

export const Page = (): ReactNode => {
  const params: Readonly<Record<string, string>> = useParams({ strict: false });
  const query = useQuery(
    library.query.getSuggestion.queryOptions({ input: { id: params['suggestionId'] ?? '' } }),
  );
  return (
    <Frame
      title={query.data === undefined ? '改进建议' : `${query.data.title} · ${query.data.sectionTitle}`}
      back={{ to: '/library/suggestions', label: '改进建议' }}
    >
      <Loaded query={query}>{(suggestion) => <Suggestion suggestion={suggestion} />}</Loaded>
    </Frame>
  );
};

const Suggestion = ({ suggestion }: { suggestion: SuggestionDetail }): ReactNode => {
  const { id, section, sectionTitle, before, proposed, beside, may, fresh, version } = suggestion;
  const [leaving, setLeaving] = useState(false);
  const withdraw = useAction(library.client.withdrawSuggestion, {
    done: '已撤回',
    onDone: () => setLeaving(false),
  });
  const read = useAction(library.client.readAnswer);
  const { mutate } = read;
  useEffect(() => {
    if (fresh) mutate({ id });
  }, [fresh, id, mutate]);
  const titled = (body: SuggestionDetail['proposed'] | null) => ({
    sections: body === null ? [] : [{ key: section, title: sectionTitle, body }],
  });
  return (
    <>
      <Panel title="建议">
        <SuggestionBadges row={suggestion} />
        <Facts
          items={[
            ['提出', `${suggestion.schoolName} ${suggestion.by.name}`],
            ['日期', chineseDate(chinaDay(new Date(suggestion.madeAt)))],
            ['根据', `第 ${suggestion.base} 版`],
          ]}
        />
        <div className="said">
          <h3>为什么这样改</h3>
          <p>{suggestion.reason}</p>
        </div>
        {suggestion.happened === '' ? null : (
          <div className="said">
            <h3>课上怎么样</h3>
            <p>{suggestion.happened}</p>
          </div>
        )}
        {suggestion.answer === '' ? null : (
          <div className="said">
            <h3>中心组的答复</h3>
            <p>{suggestion.answer}</p>
          </div>
        )}
        <div className="row">
          <ButtonLink to={`/library/items/${suggestion.itemId}`}>看区级资源</ButtonLink>
          {may.withdraw ? <Button onClick={() => setLeaving(true)}>撤回</Button> : null}
        </div>
        {leaving ? (
          <Confirm
            title="撤回这条建议"
            action="撤回建议"
            busy={withdraw.isPending}
            error={withdraw.error}
            onConfirm={() => withdraw.mutate({ id, version })}
            onClose={() => setLeaving(false)}
          >
            <p>中心组不再处理这条建议。您在校本化里的写法不变，改好后可以再提。</p>
          </Confirm>
        ) : null}
      </Panel>
      <Panel title="改了什么" lead="和它所根据的那一版对照。">
        <ContentDifference kind={suggestion.kind} before={titled(before)} after={titled(proposed)} />
      </Panel>
      {may.decide ? <TakeSuggestion key={version} suggestion={suggestion} /> : null}
      {beside.length === 0 ? null : (
        <Panel title={`同一部分的其他建议（${beside.length} 条）`}>
          <SuggestionList rows={beside} />
        </Panel>
      )}
    </>
  );
};
