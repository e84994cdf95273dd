import { Fragment } from 'react';
import './whole-words.css';

/** A text that a narrow column breaks between its words only: `222222222222 us-east-1`. */
export function WholeWords({ text }: { readonly text: string }) {
  return text.split(' ').map((word, index) => (
    <Fragment key={index}>
      {index > 0 && ' '}
      <span className="whole-word">{word}</span>
    </Fragment>
  ));
}
