/**
 * Files of checked frames. Implementation, not for applications.
 */
@NullMarked
package io.github.costwise.files;

import org.jspecify.annotations.NullMarked;
