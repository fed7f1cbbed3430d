package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Supplier;

import org.aopalliance.aop.Advice;

import org.springframework.aop.ClassFilter;
import org.springframework.aop.Pointcut;
import org.springframework.aop.support.AbstractPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;

import io.github.costwise.CostOptimized;
import io.github.costwise.faults.Faults;

/**
 * Applies {@link CostOptimized} to beans: inside {@code @Async}, whose advice Spring puts
 * outermost, and outside retries and transactions, so that every try belongs to one
 * scope.
 *
 * @since 0.1.0
 */
public final class CostOptimizedAdvisor extends AbstractPointcutAdvisor {

	/** Outside retry (Resilience4j: lowest − 5) and transactions (lowest). */
	public static final int ORDER = Ordered.LOWEST_PRECEDENCE - 100;

	private final transient CostOptimizedOperations operations = new CostOptimizedOperations();

	private final transient CostOptimizedInterceptor interceptor;

	private final transient Pointcut pointcut = new AnnotatedMethods();

	/**
	 * Creates the advisor.
	 * @param faults supplies what counts expressions that fail; asked at the first call
	 * only, since an advisor is made before other beans
	 */
	public CostOptimizedAdvisor(Supplier<Faults> faults) {
		this.interceptor = new CostOptimizedInterceptor(this.operations, faults);
		setOrder(ORDER);
	}

	@Override
	public Pointcut getPointcut() {
		return this.pointcut;
	}

	@Override
	public Advice getAdvice() {
		return this.interceptor;
	}

	CostOptimizedOperations operations() {
		return this.operations;
	}

	private final class AnnotatedMethods extends StaticMethodMatcherPointcut {

		AnnotatedMethods() {
			setClassFilter(new CandidateClasses());
		}

		@Override
		public boolean matches(Method method, Class<?> targetClass) {
			return CostOptimizedAdvisor.this.operations.isAnnotated(method, targetClass);
		}

	}

	/**
	 * A final class without interfaces cannot be proxied at all; it is left to the
	 * validator, which says so.
	 */
	private static final class CandidateClasses implements ClassFilter {

		@Override
		public boolean matches(Class<?> type) {
			return AnnotatedTypes.mayCarry(type, CostOptimized.class)
					&& !(Modifier.isFinal(type.getModifiers()) && type.getInterfaces().length == 0);
		}

	}

}
