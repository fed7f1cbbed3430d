package io.github.costwise.cache.response;

import org.jspecify.annotations.Nullable;

/**
 * Whether the store of the cache is used.
 *
 * @param store class of the store
 * @param used whether it is; otherwise it is left out until a probe finds it well
 * @param reason why it is left out, without any text of a request or an answer, or
 * {@code null}
 * @since 0.1.0
 */
public record StoreState(String store, boolean used, @Nullable String reason) {

}
