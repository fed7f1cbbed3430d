package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.pipeline.CostPolicies;

/**
 * Checks every annotated method of every bean when the application starts: its policy
 * exists, its expressions parse and name real parameters, and it can be intercepted.
 *
 * @since 0.1.0
 */
public final class CostOptimizedValidator implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(CostOptimizedValidator.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final CostOptimizedOperations operations;

	private final Supplier<CostPolicies> policies;

	private final BooleanSupplier failOnUninterceptable;

	/**
	 * Creates a validator.
	 * @param beanFactory knows the beans
	 * @param advisor applies the annotation
	 * @param policies the configured policies; asked when a method is annotated
	 * @param failOnUninterceptable whether a method that cannot be intercepted fails the
	 * start, rather than being warned of; asked when there is one
	 */
	public CostOptimizedValidator(ConfigurableListableBeanFactory beanFactory, CostOptimizedAdvisor advisor,
			Supplier<CostPolicies> policies, BooleanSupplier failOnUninterceptable) {
		this.beanFactory = beanFactory;
		this.operations = advisor.operations();
		this.policies = policies;
		this.failOnUninterceptable = failOnUninterceptable;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null && AnnotationUtils.isCandidateClass(type, CostOptimized.class)
					&& !type.getName().startsWith("org.springframework.")) {
				validate(ClassUtils.getUserClass(type));
			}
		}
	}

	private void validate(Class<?> type) {
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
			if (this.operations.isAnnotated(method, type)) {
				validate(method, type);
			}
		}
	}

	private void validate(Method method, Class<?> type) {
		CostOptimizedOperation operation = this.operations.find(method, type);
		if (operation == null) {
			return;
		}
		try {
			this.policies.get().get(operation.policy());
		}
		catch (CostwiseConfigurationException ex) {
			throw new CostwiseConfigurationException(
					"@CostOptimized on " + CostOptimizedOperation.describe(method) + ": " + ex.problem(), ex.action(),
					ex);
		}
		String obstacle = obstacle(method, type);
		if (obstacle != null) {
			reject(method, obstacle);
		}
	}

	private static @Nullable String obstacle(Method method, Class<?> type) {
		int modifiers = method.getModifiers();
		if (Modifier.isPrivate(modifiers)) {
			return "private";
		}
		if (Modifier.isStatic(modifiers)) {
			return "static";
		}
		if (Modifier.isFinal(type.getModifiers()) && type.getInterfaces().length == 0) {
			return "a method of a final class";
		}
		boolean own = method.getDeclaringClass() == type
				|| AnnotatedElementUtils.hasAnnotation(method, CostOptimized.class);
		return (Modifier.isFinal(modifiers) && own) ? "final" : null;
	}

	private void reject(Method method, String obstacle) {
		String problem = "@CostOptimized on " + CostOptimizedOperation.describe(method)
				+ " has no effect: the method is " + obstacle + ", so that Spring cannot intercept it.";
		if (this.failOnUninterceptable.getAsBoolean()) {
			throw new CostwiseConfigurationException(problem,
					"Make it a public, non-final instance method of a non-final class, use CostScope inside it, or set "
							+ "'costwise.annotation.uninterceptable' to 'warn'.");
		}
		logger.warn(problem);
	}

}
