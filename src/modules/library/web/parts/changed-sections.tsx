import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ButtonLink } from '#web/ui/button.tsx';
import { Panel } from '#web/ui/page.tsx';
import { Loaded } from '#web/ui/states.tsx';
import type { Content } from '../../content/contract.ts';
import { library } from './api.ts';

interface ChangedSectionsProps {
  readonly itemId: string;
  readonly content: Content;
}

/** 各校改动: a section that many schools changed may itself be at fault. */
export const ChangedSections = ({ itemId, content }: ChangedSectionsProps): ReactNode => {
  const query = useQuery(library.query.getChangedSections.queryOptions({ input: { itemId } }));
  return (
    <Panel
      title="各校改动"
      lead="很多学校都改了同一部分，多半是这一部分本身要改。"
      actions={
        <ButtonLink to="/library/suggestions" search={{ item: itemId }} size="small">
          看改进建议
        </ButtonLink>
      }
    >
      <Loaded query={query}>
        {({ schools, sections }) =>
          schools === 0 ? (
            <p className="muted">还没有学校做校本化。</p>
          ) : (
            <table className="table">
              <caption className="muted small">
                <Link to="/library/adaptations" search={{ item: itemId }}>
                  {schools} 所学校
                </Link>
                做了校本化
              </caption>
              <thead>
                <tr>
                  <th scope="col">部分</th>
                  <th scope="col">改动的学校</th>
                  <th scope="col">改进建议</th>
                </tr>
              </thead>
              <tbody>
                {content.sections.map(({ key, title }) => {
                  const counted = sections.find((one) => one.key === key);
                  const changed = counted?.schools ?? 0;
                  const suggested = counted?.suggestions ?? 0;
                  return (
                    <tr key={key}>
                      <th scope="row">{title}</th>
                      <td>
                        <meter min={0} max={schools} value={changed} aria-label={`${title}改动的学校`} />{' '}
                        {changed === 0 ? (
                          '0 所'
                        ) : (
                          <Link
                            to="/library/adaptations"
                            search={{ item: itemId, section: key }}
                            aria-label={`改动了“${title}”的 ${changed} 所学校`}
                          >
                            {changed} 所
                          </Link>
                        )}
                      </td>
                      <td>
                        {suggested === 0 ? (
                          '0 条'
                        ) : (
                          <Link
                            to="/library/suggestions"
                            search={{ item: itemId, section: key }}
                            aria-label={`对“${title}”的 ${suggested} 条改进建议`}
                          >
                            {suggested} 条
                          </Link>
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Panel>
  );
};
