/**
 * How values of OpenAI's library are written into stored answers.
 */
@NullMarked
package io.github.costwise.answer.openai;

import org.jspecify.annotations.NullMarked;
