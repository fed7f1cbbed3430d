/**
 * Small linear algebra, and the logistic regression that what is learnt from labels is
 * fitted with. Implementation, not for applications.
 */
@NullMarked
package io.github.costwise.fit;

import org.jspecify.annotations.NullMarked;
