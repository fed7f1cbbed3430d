package io.github.costwise.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

import io.github.costwise.spi.UsageLedger;

/**
 * Lets everything of Costwise that closes end before the ledger does, whichever was made
 * first: what is done in the background may cost something until it has ended. Makes no
 * bean.
 */
final class LedgerClosesLast implements BeanFactoryPostProcessor {

	private static final String OURS = "io.github.costwise.";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		List<String> closing = new ArrayList<>();
		for (String name : beans.getBeanNamesForType(AutoCloseable.class, true, false)) {
			Class<?> type = beans.getType(name, false);
			if (type != null && type.getName().startsWith(OURS) && !UsageLedger.class.isAssignableFrom(type)) {
				closing.add(name);
			}
		}
		if (beans instanceof DefaultListableBeanFactory registry) {
			for (String ledger : beans.getBeanNamesForType(UsageLedger.class, true, false)) {
				closing.forEach((name) -> registry.registerDependentBean(ledger, name));
			}
		}
	}

}
