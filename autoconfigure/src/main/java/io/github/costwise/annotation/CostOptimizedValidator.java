package io.github.costwise.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

import io.github.costwise.CostOptimized;
import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.cache.policy.CacheMode;
import io.github.costwise.cache.policy.CachePolicy;
import io.github.costwise.pipeline.CachePillar;
import io.github.costwise.pipeline.CostPolicies;
import io.github.costwise.spi.AttributionResolver;

/**
 * Checks every annotated method of every bean when the application starts: its policy
 * exists, its expressions parse and name real parameters, and it can be intercepted; and
 * that something names the owner of questions where similar ones are compared.
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
		boolean attributed = false;
		for (String name : this.beanFactory.getBeanDefinitionNames()) {
			Class<?> type = AutoProxyUtils.determineTargetClass(this.beanFactory, name);
			if (type != null && AnnotatedTypes.mayCarry(type, CostOptimized.class)) {
				attributed |= validate(ClassUtils.getUserClass(type));
			}
		}
		if (!attributed && hasPolicies()
				&& this.beanFactory.getBeanNamesForType(AttributionResolver.class).length == 0) {
			refuseSharingWithAnybody();
		}
	}

	/** Where nothing is configured, policies are not made before their first use. */
	private boolean hasPolicies() {
		return Arrays.stream(this.beanFactory.getBeanNamesForType(CostPolicies.class))
			.anyMatch(this.beanFactory::containsSingleton);
	}

	/** Without a tenant or user, all the world's questions would be compared. */
	private void refuseSharingWithAnybody() {
		CostPolicies configured = this.policies.get();
		for (String name : configured.names()) {
			CachePolicy cache = CachePillar.POLICY.of(configured.get(name));
			if (cache.mode() != CacheMode.OFF && cache.semantic() != null && !cache.shared()) {
				String prefix = "costwise.policies." + name + ".cache.";
				throw new CostwiseConfigurationException(
						"The policy '" + name + "' compares similar questions (" + prefix
								+ "semantic.enabled), but nothing says which user or tenant asks them.",
						"Add an AttributionResolver bean, or an expression for 'tenant' or 'user' to @CostOptimized, or "
								+ "set '" + prefix + "shared' to true if everybody may be given the same answers.");
			}
		}
	}

	/** Returns whether a method names the owner of its turns. */
	private boolean validate(Class<?> type) {
		boolean attributed = false;
		for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
			CostOptimizedOperation operation = this.operations.isAnnotated(method, type)
					? this.operations.find(method, type) : null;
			if (operation != null) {
				validate(operation, method, type);
				attributed |= operation.isAttributed();
			}
		}
		return attributed;
	}

	private void validate(CostOptimizedOperation operation, Method method, Class<?> type) {
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
