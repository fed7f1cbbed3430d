package io.github.costwise.annotation;

import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

import io.github.costwise.CostScope;
import io.github.costwise.faults.Faults;

/**
 * Opens the scope of an annotated method around it, and around what it returns when that
 * is subscribed to later.
 */
final class CostOptimizedInterceptor implements MethodInterceptor {

	private final CostOptimizedOperations operations;

	private final Supplier<Faults> faults;

	CostOptimizedInterceptor(CostOptimizedOperations operations, Supplier<Faults> faults) {
		this.operations = operations;
		this.faults = SingletonSupplier.of(faults);
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		Object target = invocation.getThis();
		Class<?> targetClass = (target != null) ? target.getClass() : invocation.getMethod().getDeclaringClass();
		CostOptimizedOperation operation = this.operations.find(invocation.getMethod(), targetClass);
		if (operation == null) {
			return invocation.proceed();
		}
		CostScope scope = operation.scope(target, invocation.getArguments(), this.faults.get())
			.within(CostScope.current());
		try (CostScope.Opened opened = scope.open()) {
			return ScopedResult.within(scope, invocation.proceed(), invocation.getMethod().getReturnType());
		}
	}

}
