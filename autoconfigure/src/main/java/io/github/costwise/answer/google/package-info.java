/**
 * How values of Google's library are written into stored answers.
 */
@NullMarked
package io.github.costwise.answer.google;

import org.jspecify.annotations.NullMarked;
