/**
 * The last step before HTML reaches the document: an allow-list of tags and attributes, whatever came before. It gives nodes, not
 * text: what was checked is what is shown, and no second parse can read it differently.
 */
import DOMPurify from 'dompurify';

const tags =
  'a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i li ol p pre s strong sub sup table tbody td th thead tr ul'.split(
    ' ',
  );

export function sanitise(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href', 'title', 'target', 'rel', 'start', 'align', 'data-math'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
    // Not addresses, so not held against the pattern above.
    ADD_URI_SAFE_ATTR: ['target', 'rel', 'start', 'align', 'data-math'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}
