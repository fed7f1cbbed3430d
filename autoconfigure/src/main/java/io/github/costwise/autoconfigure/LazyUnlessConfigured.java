package io.github.costwise.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.MethodMetadata;

import io.github.costwise.text.Parts;

/**
 * Lets the beans of Costwise wait for their first use where the application sets none of
 * their properties: the defaults cannot be wrong. With any property set, all of them are
 * made when the application starts, so that a bad value stops the start.
 */
final class LazyUnlessConfigured implements BeanFactoryPostProcessor {

	private static final String OWN = LazyUnlessConfigured.class.getPackageName() + ".";

	private final Environment environment;

	LazyUnlessConfigured(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (Configured.anyOf(this.environment, CostwiseProperties.PREFIX)) {
			return;
		}
		for (String name : beanFactory.getBeanDefinitionNames()) {
			if (beanFactory.getBeanDefinition(name) instanceof AbstractBeanDefinition definition && isOwn(definition)
					&& definition.getLazyInit() == null) {
				definition.setLazyInit(true);
			}
		}
	}

	private static boolean isOwn(BeanDefinition definition) {
		String origin = origin(definition);
		if (origin == null || !origin.startsWith(OWN)) {
			return false;
		}
		String type = Parts.of(origin, "$", 2)[0];
		return type.endsWith("AutoConfiguration") || type.endsWith("Properties");
	}

	private static @Nullable String origin(BeanDefinition definition) {
		MethodMetadata method = (definition instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
		return (method != null) ? method.getDeclaringClassName() : definition.getBeanClassName();
	}

}
