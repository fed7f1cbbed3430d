/**
 * Reads usage objects from the bodies of providers as they pass, without keeping anything
 * else of them. Implementation.
 */
@NullMarked
package io.github.costwise.accounting.wire;

import org.jspecify.annotations.NullMarked;
