package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;

import io.github.costwise.CostCache;
import io.github.costwise.CostCacheEvict;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.faults.Faults;

/**
 * One annotated method, read once.
 */
final class CostCacheEvictOperation {

	private static final String NOTHING_REMOVED = ", so that it removed no answers from the response cache";

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
		add("tenant", annotation.tenant(), expressions.expression(method, "tenant", annotation.tenant()),
				CostCache::evictTenant);
		add("user", annotation.user(), expressions.expression(method, "user", annotation.user()), CostCache::evictUser);
		add("feature", annotation.feature(), expressions.template(method, "feature", annotation.feature()),
				CostCache::evictFeature);
		add("promptVersion", annotation.promptVersion(), ScopeExpression.constant(annotation.promptVersion()),
				CostCache::evictPromptVersion);
		for (String tag : annotation.tags()) {
			add("tags", tag, expressions.template(method, "tags", tag), CostCache::evictTag);
		}
		if (this.removals.isEmpty() && !this.all) {
			throw new CostwiseConfigurationException(
					"@CostCacheEvict on " + CostOptimizedOperation.describe(method) + " does not say what to remove.",
					"Name a tenant, user, feature, prompt version or tag, or set 'all' to true.");
		}
	}

	private void add(String attribute, String text, ScopeExpression value, BiConsumer<CostCache, String> removal) {
		if (!text.isEmpty()) {
			this.removals.add(new Removal(place("'" + text + "' of '" + attribute + "'"), value, removal));
		}
	}

	private String place(String what) {
		return "@CostCacheEvict on " + CostOptimizedOperation.describe(this.method) + ": " + what;
	}

	boolean isBefore() {
		return this.before;
	}

	/** Removes what can be removed, and reports what cannot. Throws nothing. */
	void evict(CostCache cache, @Nullable Object target, @Nullable Object[] arguments, Faults faults) {
		if (this.all) {
			remove(place("'all'"), cache::evictAll, faults);
			return;
		}
		EvaluationContext context = new MethodBasedEvaluationContext(target, this.method, arguments, this.names);
		for (Removal removal : this.removals) {
			for (String name : names(removal, context, faults)) {
				remove(removal.place(), () -> removal.action().accept(cache, name), faults);
			}
		}
	}

	private static List<String> names(Removal removal, EvaluationContext context, Faults faults) {
		try {
			EvictedNames named = removal.value().names(context);
			if (!named.complete()) {
				faults.report(Faults.Kind.SCOPE, removal.place() + (named.names().isEmpty()
						? " gave no name" + NOTHING_REMOVED : " gave a name that lacks a part, and removed that only"),
						null);
			}
			return named.names();
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			faults.report(Faults.Kind.SCOPE, removal.place() + " failed" + NOTHING_REMOVED, ex);
			return List.of();
		}
	}

	private static void remove(String place, Runnable removal, Faults faults) {
		try {
			removal.run();
		}
		catch (Exception | LinkageError | StackOverflowError | AssertionError ex) {
			faults.report(Faults.Kind.CACHE, place + " did not remove all answers; those that are left are not served, "
					+ "and it is tried again", ex);
		}
	}

	private record Removal(String place, ScopeExpression value, BiConsumer<CostCache, String> action) {

	}

}
