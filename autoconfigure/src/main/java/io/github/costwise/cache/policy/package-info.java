/**
 * What a policy says of the response cache.
 */
@NullMarked
package io.github.costwise.cache.policy;

import org.jspecify.annotations.NullMarked;
