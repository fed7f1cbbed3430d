/**
 * The one place where regular expressions and Unicode normalisation are used. Every
 * function takes time in proportion to its text, whatever the text. Not an API of
 * applications.
 */
@NullMarked
package io.github.costwise.text;

import org.jspecify.annotations.NullMarked;
