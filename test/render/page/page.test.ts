import { describe, expect, it } from 'vitest';
import { pageHtml } from '../../../src/render/page/html.js';
import { pageMarkdown } from '../../../src/render/page/markdown.js';
import { code, type Page } from '../../../src/render/page/page.js';

const HOSTILE = '<script>alert(1)</script> & "x" *b* [l](http://e.example) a_b _c_ \u001b[31m|\nsecond line';

function pageOf(text: string): Page {
  return {
    language: 'en',
    title: text,
    sections: [
      {
        heading: text,
        blocks: [
          { kind: 'paragraph', text },
          { kind: 'verdict', tone: 'bad', label: text, texts: [text] },
          { kind: 'subheading', text },
          { kind: 'list', isOrdered: true, items: [{ text, commands: [text] }] },
          {
            kind: 'list',
            isOrdered: false,
            items: [
              { text, commands: [] },
              { text, commands: [] },
            ],
          },
          { kind: 'table', head: [text, ''], rows: [[text, code(text)]], widths: [40, 60] },
          {
            kind: 'sequence',
            sequence: {
              participants: [
                { id: 'a', label: text },
                { id: 'b', label: text },
              ],
              items: [
                { kind: 'message', from: 'a', to: 'b', text, arrow: 'request' },
                { kind: 'note', over: 'b', lines: [text] },
                {
                  kind: 'branches',
                  branches: [{ label: text, items: [{ kind: 'message', from: 'b', to: 'a', text, arrow: 'cut' }] }],
                },
              ],
            },
          },
        ],
      },
    ],
  };
}

describe('a page as HTML', () => {
  const html = pageHtml(pageOf(HOSTILE));

  it('has no markup but its own, and loads nothing', () => {
    expect(html).not.toMatch(/<script|<img|<iframe|<link|\ssrc=|\shref=|url\(|@import|\u001b/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot;');
    expect(html).toContain("default-src 'none'");
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    for (const [, slash, name = '', rest = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
      if (rest.endsWith('/') || ['meta', 'col'].includes(name)) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

describe('a page as Markdown', () => {
  const lines = pageMarkdown(pageOf(HOSTILE)).split('\n');

  it('escapes what would be markup, outside code', () => {
    expect(lines[0]).toBe(
      '# \\<script\\>alert(1)\\</script\\> \\& "x" \\*b\\* \\[l\\](http://e.example) a_b \\_c\\_ \\[31m| second line',
    );
  });

  it('keeps tables whole', () => {
    const rows = lines.filter(line => line.startsWith('| '));
    expect(rows.map(row => row.split(/(?<!\\)\|/).length)).toEqual([4, 4]);
  });

  it('keeps code in one fence, whatever it holds', () => {
    const page = pageOf('```\nrm -rf /');
    expect(
      pageMarkdown({
        ...page,
        sections: [
          { heading: 'h', blocks: [{ kind: 'list', isOrdered: false, items: [{ text: 'x', commands: ['a ``` b'] }] }] },
        ],
      }),
    ).toContain('  ````sh\n  a ``` b\n  ````');
  });

  it('writes a sequence that Mermaid can read', () => {
    const start = lines.indexOf('```mermaid');
    const diagram = lines.slice(start + 1, lines.indexOf('```', start));
    expect(diagram[0]).toBe('sequenceDiagram');
    expect(
      diagram
        .slice(1)
        .every(line => /^ {2,4}(participant \w+ as|\w+(->>|-->>|--x)\w+:|Note over \w+:|alt|else|end)/.test(line)),
    ).toBe(true);
    expect(diagram.join('\n').replace(/#\d+;|-{1,2}>>/g, '')).not.toMatch(/[<>;]/);
  });
});
