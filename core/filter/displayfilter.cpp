// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/filter/displayfilter.h"

#include "core/filter/parser.h"

namespace forkscope::filter {

std::variant<DisplayFilter, Problem> DisplayFilter::parse(QStringView text)
{
    Parser parser(text);
    DisplayFilter filter;
    filter.m_root = parser.parse();
    filter.m_text = text.toString();
    if (parser.problem())
        return *parser.problem();
    return filter;
}

bool DisplayFilter::needsContent() const
{
    return m_root && m_root->needsContent;
}

bool DisplayFilter::needsParties() const
{
    return m_root && m_root->needsParties;
}

} // namespace forkscope::filter
