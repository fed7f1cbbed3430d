package io.github.costwise.autoconfigure;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;

import io.github.costwise.spi.AttributionResolver;

/** Tells what warnings call the resolver. */
final class ResolverNames {

	private ResolverNames() {
	}

	static String describe(ListableBeanFactory beanFactory) {
		return Arrays.stream(beanFactory.getBeanNamesForType(AttributionResolver.class, true, false))
			.filter((name) -> !ScopedProxyUtils.isScopedTarget(name))
			.collect(Collectors.joining("' or '", "The AttributionResolver '", "'"));
	}

}
