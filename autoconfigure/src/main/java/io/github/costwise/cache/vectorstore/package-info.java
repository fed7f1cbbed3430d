/**
 * The store in any Spring AI vector store.
 */
@NullMarked
package io.github.costwise.cache.vectorstore;

import org.jspecify.annotations.NullMarked;
