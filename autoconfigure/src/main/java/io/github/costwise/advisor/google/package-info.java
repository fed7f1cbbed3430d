/**
 * What is particular about the Google GenAI client. The only place of the advisors that
 * knows it.
 */
@NullMarked
package io.github.costwise.advisor.google;

import org.jspecify.annotations.NullMarked;
