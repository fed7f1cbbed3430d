package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.aopalliance.aop.Advice;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.MethodClassKey;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.function.SingletonSupplier;

import io.github.costwise.CostCache;
import io.github.costwise.CostCacheEvict;
import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.faults.Faults;

/**
 * Applies {@link CostCacheEvict} to beans: outside transactions, so that answers are
 * removed once the change can be seen.
 *
 * @since 0.1.0
 */
public final class CostCacheEvictAdvisor extends AbstractPointcutAdvisor {

	/** Just outside {@link CostOptimizedAdvisor}. */
	public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 110;

	private final transient ScopeExpressions expressions = new ScopeExpressions("@CostCacheEvict");

	private final transient Map<MethodClassKey, Optional<CostCacheEvictOperation>> operations = new ConcurrentHashMap<>();

	private final transient Supplier<Optional<CostCache>> cache;

	private final transient Supplier<Background> background;

	private final transient Supplier<Team> team;

	private final transient Pointcut pointcut = new EvictingMethods();

	/**
	 * Creates the advisor.
	 * @param cache supplies the cache, if there is one; asked at the first call only,
	 * since an advisor is made before other beans
	 * @param background supplies what waits for promises and counts faults, asked
	 * likewise
	 */
	public CostCacheEvictAdvisor(Supplier<Optional<CostCache>> cache, Supplier<Background> background) {
		this.cache = SingletonSupplier.of(cache);
		this.background = SingletonSupplier.of(background);
		this.team = SingletonSupplier.of(() -> this.background.get().team("cache-evict", Faults.Kind.CACHE));
		setOrder(ORDER);
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return (MethodInterceptor) this::invoke;
	}

	private @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> type = (target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass();
		CostCacheEvictOperation operation = find(invocation.getMethod(), type);
		if (operation == null) {
			return invocation.proceed();
		}
		Runnable eviction = () -> this.cache.get()
			.ifPresent((present) -> operation.evict(present, target, invocation.getArguments(),
					this.background.get().faults()));
		if (operation.isBefore()) {
			eviction.run();
			return invocation.proceed();
		}
		return Completion.after(invocation.proceed(), invocation.getMethod().getReturnType(), this.team.get(),
				eviction);
	}

	private @Nullable CostCacheEvictOperation find(Method method, Class<?> type) {
		return this.operations.computeIfAbsent(new MethodClassKey(method, type), (key) -> {
			Method specific = AopUtils.getMostSpecificMethod(method, type);
			CostCacheEvict annotation = AnnotatedElementUtils.findMergedAnnotation(specific, CostCacheEvict.class);
			return Optional.ofNullable(annotation)
				.map((found) -> new CostCacheEvictOperation(specific, found, this.expressions));
		}).orElse(null);
	}

	private final class EvictingMethods extends StaticMethodMatcherPointcut {

		EvictingMethods() {
			setClassFilter((type) -> AnnotatedTypes.mayCarry(type, CostCacheEvict.class));
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return find(method, targetClass) != null;
		}

	}

}
