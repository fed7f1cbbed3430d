/**
 * Collections that do not grow without end. Implementation, not for applications.
 */
@NullMarked
package io.github.costwise.bounded;

import org.jspecify.annotations.NullMarked;
