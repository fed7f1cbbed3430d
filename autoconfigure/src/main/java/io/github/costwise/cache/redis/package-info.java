/**
 * The store in Redis, through redis-om-spring.
 */
@NullMarked
package io.github.costwise.cache.redis;

import org.jspecify.annotations.NullMarked;
