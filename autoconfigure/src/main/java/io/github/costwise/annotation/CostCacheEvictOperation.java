package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.Faults;
import io.github.costwise.cache.response.CostCache;

/**
 * One annotated method, read once.
 */
final class CostCacheEvictOperation {

	private final Method method;

	private final ParameterNameDiscoverer names;

	private final List<Removal> removals = new ArrayList<>();

	private final boolean all;

	private final boolean before;

	CostCacheEvictOperation(Method method, CostCacheEvict annotation, ScopeExpressions expressions) {
		this.method = method;
		this.names = expressions.names();
		this.all = annotation.all();
		this.before = annotation.beforeInvocation();
		add(annotation.tenant(), expressions.expression(method, "tenant", annotation.tenant()), CostCache::evictTenant);
		add(annotation.user(), expressions.expression(method, "user", annotation.user()), CostCache::evictUser);
		add(annotation.feature(), expressions.template(method, "feature", annotation.feature()),
				CostCache::evictFeature);
		add(annotation.promptVersion(), ScopeExpression.constant(annotation.promptVersion()),
				CostCache::evictPromptVersion);
		for (String tag : annotation.tags()) {
			add(tag, expressions.template(method, "tags", tag), CostCache::evictTag);
		}
		if (this.removals.isEmpty() && !this.all) {
			throw new CostwiseConfigurationException(
					"@CostCacheEvict on " + CostOptimizedOperation.describe(method) + " does not say what to remove.",
					"Name a tenant, user, feature, prompt version or tag, or set 'all' to true.");
		}
	}

	private void add(String text, ScopeExpression value, BiConsumer<CostCache, String> removal) {
		if (!text.isEmpty()) {
			this.removals.add(new Removal(value, removal));
		}
	}

	boolean isBefore() {
		return this.before;
	}

	void evict(CostCache cache, @Nullable Object target, @Nullable Object[] arguments, Faults faults) {
		if (this.all) {
			faults.guard(Faults.Kind.CACHE, cache::evictAll);
			return;
		}
		EvaluationContext context = new MethodBasedEvaluationContext(target, this.method, arguments, this.names);
		for (Removal removal : this.removals) {
			String value = removal.value().value(context, faults);
			if (value != null) {
				faults.guard(Faults.Kind.CACHE, () -> removal.action().accept(cache, value));
			}
		}
	}

	private record Removal(ScopeExpression value, BiConsumer<CostCache, String> action) {

	}

}
