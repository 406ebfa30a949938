// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pool/poolexample.h"

#include <QCoreApplication>

namespace forkscope {

PoolRequest sleepersExample()
{
    PoolRequest request;
    request.options.name = QCoreApplication::translate("PoolExample", "Sleepers");
    request.options.processes = 4;
    request.command = {"echo task {#} sleeps for {} s; sleep {}; test {} != 1.7"};
    pool::InputList seconds;
    for (int i = 0; i < 40; ++i) // 0.3 … 2.1 in no order
        seconds.values.append(QByteArray::number(0.3 + (i * 7 % 19) * 0.1, 'f', 1));
    request.inputs.lists = {seconds};
    return request;
}

} // namespace forkscope
