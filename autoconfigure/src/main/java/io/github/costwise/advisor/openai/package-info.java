/**
 * What is particular about the OpenAI client. The only place of the advisors that knows
 * it.
 */
@NullMarked
package io.github.costwise.advisor.openai;

import org.jspecify.annotations.NullMarked;
