/**
 * What is particular about the Anthropic client. The only place of the advisors that
 * knows it.
 */
@NullMarked
package io.github.costwise.advisor.anthropic;

import org.jspecify.annotations.NullMarked;
