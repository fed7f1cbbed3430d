package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodClassKey;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

import io.github.costwise.CostOptimized;

/**
 * Finds the annotation that holds for a method: on the method, on what it overrides, on
 * its class, or on an interface of the class. Thread-safe.
 */
final class CostOptimizedOperations {

	private final ScopeExpressions expressions = new ScopeExpressions("@CostOptimized");

	private final Map<MethodClassKey, Optional<CostOptimizedOperation>> operations = new ConcurrentHashMap<>();

	boolean isAnnotated(Method method, Class<?> targetClass) {
		return annotation(method, targetClass) != null;
	}

	@Nullable CostOptimizedOperation find(Method method, Class<?> targetClass) {
		return this.operations.computeIfAbsent(new MethodClassKey(method, targetClass), (key) -> {
			CostOptimized annotation = annotation(method, targetClass);
			Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
			return Optional.ofNullable(annotation)
				.map((found) -> new CostOptimizedOperation(specific, found, this.expressions));
		}).orElse(null);
	}

	private static @Nullable CostOptimized annotation(Method method, Class<?> targetClass) {
		if (method.isBridge() || method.isSynthetic() || ReflectionUtils.isObjectMethod(method)) {
			return null;
		}
		Method specific = AopUtils.getMostSpecificMethod(method, targetClass);
		CostOptimized onMethod = AnnotatedElementUtils.findMergedAnnotation(specific, CostOptimized.class);
		if (onMethod != null || !Modifier.isPublic(specific.getModifiers())
				|| Modifier.isStatic(specific.getModifiers())) {
			return onMethod;
		}
		CostOptimized onClass = AnnotatedElementUtils.findMergedAnnotation(specific.getDeclaringClass(),
				CostOptimized.class);
		return (onClass != null || specific.getDeclaringClass() == targetClass) ? onClass
				: AnnotatedElementUtils.findMergedAnnotation(targetClass, CostOptimized.class);
	}

}
