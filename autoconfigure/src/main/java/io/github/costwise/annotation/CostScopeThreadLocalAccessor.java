package io.github.costwise.annotation;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import io.github.costwise.CostScope;

/**
 * Lets Micrometer context propagation carry the scope to other threads. Found by the
 * service loader.
 *
 * @since 0.1.0
 */
public final class CostScopeThreadLocalAccessor implements ThreadLocalAccessor<CostScope> {

	@Override
	public Object key() {
		return CostScope.PARAMETER;
	}

	@Override
	public @Nullable CostScope getValue() {
		return CostScope.current();
	}

	@Override
	public void setValue(CostScope scope) {
		CostScope.setCurrent(scope);
	}

	@Override
	public void setValue() {
		CostScope.setCurrent(null);
	}

}
