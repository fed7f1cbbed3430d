/**
 * Configuration metadata as a product: complete, well-formed, and the source of the
 * property table in the documentation.
 */
@NullMarked
package io.github.costwise.metadata;

import org.jspecify.annotations.NullMarked;
